using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016, section 3): brings the numbers of each row to mean 0 and variance 1, then scales and shifts
/// each by parameters of its own. It treats a row alone, so training and evaluation are the same.
/// </summary>
/// <remarks>The variance is the biased one, over all numbers of the row, and ε is added to it inside the root, as in PyTorch (whose default ε this
/// is; Keras takes 1e-3). Segments: <c>scale</c>, at first 1, and <c>shift</c>, at first 0.</remarks>
/// <param name="Affine">Whether there are a scale and a shift.</param>
/// <param name="Epsilon">ε, which keeps the quotient finite: positive, finite, and not zero in the network's precision.</param>
/// <exception cref="SteepestException">ε is not positive and finite.</exception>
public sealed record LayerNorm(bool Affine = true, double Epsilon = 1e-5) : LayerSpec
{
    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; init => field = Checked(value, "layer norm"); } = Checked(Epsilon, "layer norm");

    /// <summary>As in layer-norm(ε 1e-5).</summary>
    public override string ToString() => $"layer-norm({(Affine ? "" : "not affine, ")}ε {Text.Of(Epsilon)})";

    internal override Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs) => new LayerNormLayer<T>(
        inputs, In<T>(Epsilon, "layer norm"), Affine ? NormParameters<T>.Create(plan, name, inputs) : null);

    internal static double Checked(double epsilon, string layer) => epsilon > 0 && double.IsFinite(epsilon)
        ? epsilon
        : throw new SteepestException($"The epsilon of {layer} is {Text.Of(epsilon)}, but it must be positive and finite.");

    /// <summary>ε in the precision that a network computes in, where a row of equal numbers must not be divided by 0.</summary>
    internal static T In<T>(double epsilon, string layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rounded = T.CreateChecked(epsilon);
        return rounded > T.Zero && T.IsFinite(rounded)
            ? rounded
            : throw new SteepestException($"The epsilon of {layer} is {Text.Of(epsilon)}, which is {(rounded == T.Zero ? "zero" : "infinite")} in {Text.PrecisionOf<T>()}.");
    }
}

/// <summary>Layer normalisation at work: lanes along the rows, features one after another.</summary>
internal sealed class LayerNormLayer<T>(int inputs, T epsilon, NormParameters<T>? affine) : Layer<T>(inputs, inputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NormSums<T> sums = new();
    private AlignedBuffer<T> output = new(0), normalized = new(0), inverse = new(0);

    public override void MakeRoom(int capacity)
    {
        output = new AlignedBuffer<T>((long)Outputs * capacity);
        normalized = new AlignedBuffer<T>((long)Outputs * capacity);
        inverse = new AlignedBuffer<T>(capacity);
        sums.MakeRoom(capacity);
    }

    public override void Start(Pcg64 generator, Parameters<T> parameters, Parameters<T> buffers) => affine?.Start(parameters);

    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        var work = new ForwardWork
        {
            Input = ref input.First,
            Normalized = ref normalized.First,
            Inverse = ref inverse.First,
            Features = Outputs,
            Stride = pass.Stride,
            Epsilon = epsilon,
        };
        Lanes.Run<T, ForwardWork>(ref work);
        if (affine is null) return normalized;
        affine.Apply(pass, normalized, output);
        return output;
    }

    public override AlignedBuffer<T> Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        affine?.Gradient(pass, sums, normalized, outputGradient);
        if (!inputGradient) return outputGradient;
        affine?.MultiplyByScale(pass, outputGradient);
        var work = new BackwardWork
        {
            Normalized = ref normalized.First,
            Inverse = ref inverse.First,
            Gradient = ref outputGradient.First,
            Features = Outputs,
            Stride = pass.Stride,
        };
        Lanes.Run<T, BackwardWork>(ref work);
        return outputGradient;
    }

    private ref struct ForwardWork : ILaneWork<T>
    {
        public ref T Input;
        public ref T Normalized;
        public ref T Inverse;
        public int Features;
        public int Stride;
        public T Epsilon;

        [MethodImpl(Compiled.Once)]
        public readonly void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var count = V.Broadcast(T.CreateChecked(Features));
            for (var b = 0; b < Stride; b += V.Count)
            {
                var sum = V.Broadcast(T.Zero);
                for (var f = 0; f < Features; f++) sum += V.Load(in Unsafe.Add(ref Input, (f * Stride) + b));
                var mean = sum / count;

                var squares = V.Broadcast(T.Zero);
                for (var f = 0; f < Features; f++)
                {
                    var centred = V.Load(in Unsafe.Add(ref Input, (f * Stride) + b)) - mean;
                    V.Store(centred, ref Unsafe.Add(ref Normalized, (f * Stride) + b));
                    squares = V.FusedMultiplyAdd(centred, centred, squares);
                }

                var inverse = V.Broadcast(T.One) / V.Sqrt((squares / count) + Epsilon);
                V.Store(inverse, ref Unsafe.Add(ref Inverse, b));
                for (var f = 0; f < Features; f++)
                {
                    ref var at = ref Unsafe.Add(ref Normalized, (f * Stride) + b);
                    V.Store(V.Load(in at) * inverse, ref at);
                }
            }
        }
    }

    /// <summary>The gradient by the input, in place: (g − mean g − x̂ · mean(g x̂)) / √(variance + ε).</summary>
    private ref struct BackwardWork : ILaneWork<T>
    {
        public ref T Normalized;
        public ref T Inverse;
        public ref T Gradient;
        public int Features;
        public int Stride;

        [MethodImpl(Compiled.Once)]
        public readonly void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var count = V.Broadcast(T.CreateChecked(Features));
            for (var b = 0; b < Stride; b += V.Count)
            {
                V sum = V.Broadcast(T.Zero), along = V.Broadcast(T.Zero);
                for (var f = 0; f < Features; f++)
                {
                    var g = V.Load(in Unsafe.Add(ref Gradient, (f * Stride) + b));
                    sum += g;
                    along = V.FusedMultiplyAdd(g, V.Load(in Unsafe.Add(ref Normalized, (f * Stride) + b)), along);
                }

                var mean = sum / count;
                var meanAlong = along / count;
                var inverse = V.Load(in Unsafe.Add(ref Inverse, b));
                for (var f = 0; f < Features; f++)
                {
                    ref var at = ref Unsafe.Add(ref Gradient, (f * Stride) + b);
                    var across = V.Load(in Unsafe.Add(ref Normalized, (f * Stride) + b)) * meanAlong;
                    V.Store(inverse * (V.Load(in at) - mean - across), ref at);
                }
            }
        }
    }
}
