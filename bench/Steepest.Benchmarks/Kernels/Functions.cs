using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>The library's own functions over an array that fits into the first cache, beside the runtime's, number by number.</summary>
internal sealed class Functions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Count = Classes * Rows;

    private const int Classes = 10, Rows = 128;

    private readonly AlignedBuffer<T> input = new(Count);
    private readonly AlignedBuffer<T> output = new(Count);
    private readonly AlignedBuffer<T> rowLoss = new(Rows);
    private readonly Batch<T> batch = new(Rows, 1, Classes, Loss.SoftmaxCrossEntropy);

    public Functions()
    {
        var chance = new Pcg64(1);
        foreach (ref var number in input.Span) number = T.CreateTruncating(chance.Uniform(0.01, 4));
        batch.Begin(Rows);
        for (var row = 0; row < Rows; row++) batch.SetLabel(row, row % Classes, 1);
        batch.End();
    }

    private interface IFunction
    {
        static abstract V Of<V>(V x)
            where V : struct, IKernelLane<V, T>;
    }

    public IEnumerable<(string Name, Action Ours, Action Plain)> All =>
    [
        ("exp", Run<Exp>, () => Plain(T.Exp)),
        ("log", Run<Log>, () => Plain(T.Log)),
        ("tanh", Run<Tanh>, () => Plain(T.Tanh)),
        ("softmax, cross-entropy and gradient, 10 classes × 128 rows", () => Loss.SoftmaxCrossEntropy.Evaluate(input, batch, rowLoss, output), PlainSoftmax),
    ];

    private void Run<TFunction>()
        where TFunction : struct, IFunction
    {
        var work = new Map<TFunction>(ref input.First, ref output.First);
        Lanes.Run<T, Map<TFunction>>(ref work);
    }

    private void Plain(Func<T, T> function)
    {
        var from = input.Span;
        var to = output.Span;
        for (var i = 0; i < from.Length; i++) to[i] = function(from[i]);
    }

    private void PlainSoftmax()
    {
        var z = input.Span;
        var gradient = output.Span;
        for (var row = 0; row < Rows; row++)
        {
            var (largest, sum) = (z[row], T.Zero);
            for (var c = 1; c < Classes; c++) largest = T.Max(largest, z[(c * Rows) + row]);
            for (var c = 0; c < Classes; c++) sum += gradient[(c * Rows) + row] = T.Exp(z[(c * Rows) + row] - largest);
            for (var c = 0; c < Classes; c++) gradient[(c * Rows) + row] = ((gradient[(c * Rows) + row] / sum) - (c == row % Classes ? T.One : T.Zero)) * batch.PerWeight;
            rowLoss.Span[row] = T.Log(sum) + largest - z[(row % Classes * Rows) + row];
        }
    }

    private readonly ref struct Map<TFunction>(ref T input, ref T output) : ILaneWork<T>
        where TFunction : struct, IFunction
    {
        private readonly ref T input = ref input;
        private readonly ref T output = ref output;

        // Inlined into its caller it would be past what the compiler inlines, and every operation a call.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < Count; i += V.Count) V.Store(TFunction.Of(V.Load(in Unsafe.Add(ref input, i))), ref Unsafe.Add(ref output, i));
        }
    }

    private readonly struct Exp : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x)
            where V : struct, IKernelLane<V, T> => LaneMath.Exp<V, T>(x);
    }

    private readonly struct Log : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x)
            where V : struct, IKernelLane<V, T> => LaneMath.Log<V, T>(x);
    }

    private readonly struct Tanh : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x)
            where V : struct, IKernelLane<V, T> => LaneMath.Tanh<V, T>(x);
    }
}
