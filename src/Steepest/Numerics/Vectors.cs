using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>What dense factorizations do to rows, place by place: every lane width gives the same bits. Rows may begin anywhere.</summary>
internal static class Vectors
{
    /// <summary>to ← to + factor · from.</summary>
    public static void Add<T>(Span<T> to, double factor, ReadOnlySpan<T> from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new AddWork<T>(T.CreateChecked(factor), ref MemoryMarshal.GetReference(from), ref MemoryMarshal.GetReference(to));
        Run<T, AddWork<T>>(work, to.Length);
    }

    /// <summary>x ← (x · first) · then: two factors, where one alone could leave the range of the numbers.</summary>
    public static void Scale<T>(Span<T> x, T first, T then)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new ScaleWork<T>(first, then, ref MemoryMarshal.GetReference(x));
        Run<T, ScaleWork<T>>(work, x.Length);
    }

    /// <summary>(x, y) ← (c x − s y, s x + c y).</summary>
    public static void Rotate<T>(Span<T> x, Span<T> y, double c, double s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new RotateWork<T>(T.CreateChecked(c), T.CreateChecked(s), ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y));
        Run<T, RotateWork<T>>(work, x.Length);
    }

    private static void Run<T, TWork>(TWork each, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, IPlaceWork<T>, allows ref struct
    {
        var work = new Places<T, TWork>(each, count);
        Lanes.Run<T, Places<T, TWork>>(ref work);
    }

    /// <summary>Work on the numbers of a lane from a place on.</summary>
    private interface IPlaceWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        void At<V>(int i)
            where V : struct, IKernelLane<V, T>;
    }

    /// <summary>Whole lanes first, then what is left one by one.</summary>
    private readonly ref struct Places<T, TWork>(TWork each, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, IPlaceWork<T>, allows ref struct
    {
        private readonly TWork each = each;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var i = 0;
            for (; i <= count - V.Count; i += V.Count) each.At<V>(i);
            for (; i < count; i++) each.At<LaneScalar<T>>(i);
        }
    }

    private readonly ref struct AddWork<T>(T factor, ref T from, ref T to) : IPlaceWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T from = ref from;
        private readonly ref T to = ref to;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int i)
            where V : struct, IKernelLane<V, T>
        {
            ref var at = ref Unsafe.Add(ref to, i);
            V.Store(V.Load(in at) + (factor * V.Load(in Unsafe.Add(ref from, i))), ref at);
        }
    }

    private readonly ref struct ScaleWork<T>(T first, T then, ref T x) : IPlaceWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T x = ref x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int i)
            where V : struct, IKernelLane<V, T>
        {
            ref var at = ref Unsafe.Add(ref x, i);
            V.Store(then * (first * V.Load(in at)), ref at);
        }
    }

    private readonly ref struct RotateWork<T>(T c, T s, ref T x, ref T y) : IPlaceWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T x = ref x;
        private readonly ref T y = ref y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(int i)
            where V : struct, IKernelLane<V, T>
        {
            ref var atX = ref Unsafe.Add(ref x, i);
            ref var atY = ref Unsafe.Add(ref y, i);
            var (oldX, oldY) = (V.Load(in atX), V.Load(in atY));
            V.Store((c * oldX) - (s * oldY), ref atX);
            V.Store((s * oldX) + (c * oldY), ref atY);
        }
    }
}
