using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>The sum of products of two buffers, in the order of <see cref="Reduction"/>: every lane width gives the same bits.</summary>
internal static class Dot
{
    private const int Partials = 16;

    /// <summary>Σ aᵢ bᵢ; chunks add up in double.</summary>
    /// <param name="a">Numbers.</param>
    /// <param name="b">As many.</param>
    public static double Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var total = 0.0;
        for (var chunk = 0; chunk < a.Length; chunk += Reduction.Chunk)
        {
            var length = Math.Min(Reduction.Chunk, a.Length - chunk);
            var work = new Work<T>(ref MemoryMarshal.GetReference(a[chunk..]), ref MemoryMarshal.GetReference(b[chunk..]), length);
            Lanes.Run<T, Work<T>>(ref work);
            total += double.CreateChecked(work.Total);
        }

        return total;
    }

    private ref struct Work<T>(ref T a, ref T b, int length) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T a = ref a;
        private readonly ref T b = ref b;

        public T Total { get; private set; } = T.Zero;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            Span<T> partial = stackalloc T[Partials];
            var whole = length & -Partials;
            for (var place = 0; place < Partials; place += V.Count)
            {
                var sum = V.Broadcast(T.Zero);
                for (var i = place; i < whole; i += Partials) sum += V.Load(in Unsafe.Add(ref a, i)) * V.Load(in Unsafe.Add(ref b, i));
                V.Store(sum, ref partial[place]);
            }

            for (var i = whole; i < length; i++) partial[i - whole] += Unsafe.Add(ref a, i) * Unsafe.Add(ref b, i);
            for (var half = Partials / 2; half > 0; half /= 2)
            {
                for (var i = 0; i < half; i++) partial[i] += partial[i + half];
            }

            Total = partial[0];
        }
    }
}
