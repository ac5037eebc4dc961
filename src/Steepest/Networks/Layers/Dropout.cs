using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// In training sets each number to zero with probability <paramref name="Rate"/> and divides the others by 1 − rate, so that the mean stays; in
/// evaluation passes everything as it is (Srivastava et al. 2014, in the inverted form that PyTorch and Keras use).
/// </summary>
/// <remarks>Masks come from the run's stream for dropout, feature by feature and row by row: the same in float and double.</remarks>
/// <param name="Rate">The share of numbers to drop: 0 and more, less than 1.</param>
/// <exception cref="SteepestException">The rate lies outside that range.</exception>
public sealed record Dropout(double Rate = 0.5) : LayerSpec
{
    /// <summary>The share of numbers to drop.</summary>
    public double Rate { get; init => field = Checked(value); } = Checked(Rate);

    /// <summary>As in dropout(0.5).</summary>
    public override string ToString() => $"dropout({Text.Of(Rate)})";

    internal override Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs) => new DropoutLayer<T>(inputs, Rate);

    private static double Checked(double rate) => rate is >= 0 and < 1
        ? rate
        : throw new SteepestException($"The rate of dropout is {Text.Of(rate)}, but it must be at least 0 and less than 1.");
}

/// <summary>Dropout at work.</summary>
internal sealed class DropoutLayer<T>(int inputs, double rate) : Layer<T>(inputs, inputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T kept = T.CreateChecked(1 / (1 - rate));
    // A number is dropped where 32 random bits fall below this.
    private readonly ulong threshold = (ulong)(rate * 4294967296.0);
    private AlignedBuffer<T> output = new(0), mask = new(0);

    public override void MakeRoom(int capacity)
    {
        output = new AlignedBuffer<T>((long)Outputs * capacity);
        mask = new AlignedBuffer<T>((long)Outputs * capacity);
    }

    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        if (pass.Purpose == PassPurpose.Evaluation) return input;
        Draw(pass.Chance!, pass.Rows, pass.Stride);
        Multiply(Outputs * pass.Stride, input, output);
        return output;
    }

    public override AlignedBuffer<T> Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        if (inputGradient) Multiply(Outputs * pass.Stride, outputGradient, outputGradient);
        return outputGradient;
    }

    private void Draw(Pcg64 chance, int rows, int stride)
    {
        for (var f = 0; f < Outputs; f++)
        {
            var feature = mask.Span.Slice(f * stride, rows);
            for (var b = 0; b < feature.Length; b += 2)
            {
                var bits = chance.NextUInt64();
                feature[b] = (bits & uint.MaxValue) < threshold ? T.Zero : kept;
                if (b + 1 < feature.Length) feature[b + 1] = (bits >> 32) < threshold ? T.Zero : kept;
            }
        }
    }

    private void Multiply(int count, AlignedBuffer<T> from, AlignedBuffer<T> to)
    {
        var work = new Masking(ref from.First, ref mask.First, ref to.First, count);
        Lanes.Run<T, Masking>(ref work);
    }

    private readonly ref struct Masking(ref T from, ref T mask, ref T to, int count) : ILaneWork<T>
    {
        private readonly ref T from = ref from;
        private readonly ref T mask = ref mask;
        private readonly ref T to = ref to;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < count; i += V.Count)
            {
                V.Store(V.Load(in Unsafe.Add(ref from, i)) * V.Load(in Unsafe.Add(ref mask, i)), ref Unsafe.Add(ref to, i));
            }
        }
    }
}
