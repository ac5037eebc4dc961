using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>All that a <see cref="Pcg64"/> remembers between two draws, for checkpoints.</summary>
/// <param name="State">The 128-bit state of the congruential generator.</param>
/// <param name="Increment">Its increment, which names the stream; always odd.</param>
/// <param name="HalfWord">The upper half of a 64-bit word whose lower half has been handed out; null when none is pending.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Pcg64State(UInt128 State, UInt128 Increment, uint? HalfWord);
