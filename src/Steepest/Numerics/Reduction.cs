using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>
/// Sums whose order is fixed: within a chunk of 4,096 numbers the one at place i goes, in turn, to partial sum i mod 16; the sixteen fold in
/// halves; chunks follow each other. So every lane width gives the same bits.
/// </summary>
internal static class Reduction
{
    private const int Chunk = 4096;
    private const int Partials = 16;

    /// <summary>The sum of <paramref name="values"/>, zero if there are none.</summary>
    [SkipLocalsInit]
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new SumWork<T>(ref MemoryMarshal.GetReference(values), values.Length);
        Lanes.Run<T, SumWork<T>>(ref work);
        return work.Total;
    }

    internal ref struct SumWork<T>(ref T first, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T first = ref first;

        public T Total { get; private set; } = T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            Span<T> partial = stackalloc T[Partials];
            for (var chunk = 0; chunk < count; chunk += Chunk)
            {
                ref var start = ref Unsafe.Add(ref first, chunk);
                var length = Math.Min(Chunk, count - chunk);
                var whole = length & -Partials;
                for (var place = 0; place < Partials; place += V.Count)
                {
                    var sum = V.Broadcast(T.Zero);
                    for (var i = place; i < whole; i += Partials) sum += V.Load(in Unsafe.Add(ref start, i));
                    V.Store(sum, ref partial[place]);
                }

                for (var i = whole; i < length; i++) partial[i - whole] += Unsafe.Add(ref start, i);
                for (var half = Partials / 2; half > 0; half /= 2)
                {
                    for (var i = 0; i < half; i++) partial[i] += partial[i + half];
                }

                Total += partial[0];
            }
        }
    }
}
