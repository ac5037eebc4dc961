using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>A loop over an optimizer's own arrays that reads and writes what a step must (the gradient is read, parameters and state are read and
/// written) and does next to no arithmetic: what the memory allows.</summary>
internal readonly ref struct Streams<T> : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int MostStates = 4;

    private readonly ref T θ, g, s1, s2, s3, s4;
    private readonly int states, length;

    /// <param name="parameters">Read and written.</param>
    /// <param name="gradient">Read.</param>
    /// <param name="states">At most four, read and written.</param>
    public Streams(Parameters<T> parameters, Parameters<T> gradient, params ReadOnlySpan<Parameters<T>> states)
    {
        if (states.Length > MostStates) throw new ArgumentException($"There are {states.Length} arrays of state, but a loop takes at most {MostStates}.", nameof(states));
        (this.states, length) = (states.Length, parameters.Buffer.Length);
        θ = ref parameters.Buffer.First;
        g = ref gradient.Buffer.First;
        if (states.Length > 0) s1 = ref states[0].Buffer.First;
        if (states.Length > 1) s2 = ref states[1].Buffer.First;
        if (states.Length > 2) s3 = ref states[2].Buffer.First;
        if (states.Length > 3) s4 = ref states[3].Buffer.First;
    }

    /// <summary>Numbers that are read or written for each parameter.</summary>
    public static int PerParameter(int states) => 3 + (2 * states);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        // Times zero, so that the optimizer finds its numbers as it left them.
        var nothing = V.Broadcast(T.Zero);
        for (var i = 0; i < length; i += V.Count)
        {
            var gradient = nothing * V.Load(in Unsafe.Add(ref g, i));
            Add(ref Unsafe.Add(ref θ, i), gradient);
            if (states > 0) Add(ref Unsafe.Add(ref s1, i), gradient);
            if (states > 1) Add(ref Unsafe.Add(ref s2, i), gradient);
            if (states > 2) Add(ref Unsafe.Add(ref s3, i), gradient);
            if (states > 3) Add(ref Unsafe.Add(ref s4, i), gradient);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V>(ref T at, V gradient)
        where V : struct, IKernelLane<V, T> => V.Store(V.Load(in at) + gradient, ref at);
}
