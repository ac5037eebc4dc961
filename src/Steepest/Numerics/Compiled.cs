using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>How the methods that training spends its time in are compiled.</summary>
internal static class Compiled
{
    /// <summary>
    /// To its final code at the first call: otherwise a user's first race would be over before it is fast. And by itself: inlined into a caller that is
    /// compiled again later, a kernel runs out of what the compiler will inline, and each of its operations on lanes becomes a call.
    /// </summary>
    public const MethodImplOptions Once = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
