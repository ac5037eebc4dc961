using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015, algorithm 1): in training brings each feature to mean 0 and variance 1 over the rows of the batch; in
/// evaluation uses running averages of those means and variances. Then it scales and shifts each feature by parameters of its own.
/// </summary>
/// <remarks>
/// As in PyTorch: a batch is divided by its biased variance, ε inside the root, and the running variance averages the unbiased one:
/// running ← (1 − momentum) · running + momentum · batch. (Keras calls 1 − momentum the momentum, takes 0.99 and ε 1e-3, and averages the biased
/// variance.) A training batch needs at least two rows. Segments: <c>scale</c>, at first 1, and <c>shift</c>, at first 0; in
/// <see cref="Network{T}.Buffers"/> <c>mean</c>, at first 0, <c>variance</c>, at first 1, and <c>batches</c>, how many were seen.
/// </remarks>
/// <param name="Momentum">The share of each batch in the running statistics: above 0, at most 1; <see langword="null"/> averages all batches alike.</param>
/// <param name="Affine">Whether there are a scale and a shift.</param>
/// <param name="Epsilon">ε, which keeps the quotient finite: positive, finite, and not zero in the network's precision.</param>
/// <exception cref="SteepestException">The momentum or ε lies outside its range.</exception>
public sealed record BatchNorm(double? Momentum = 0.1, bool Affine = true, double Epsilon = 1e-5) : LayerSpec
{
    /// <summary>The share of each batch in the running statistics.</summary>
    public double? Momentum { get; init => field = Checked(value); } = Checked(Momentum);

    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; init => field = LayerNorm.Checked(value, "batch norm"); } = LayerNorm.Checked(Epsilon, "batch norm");

    /// <summary>As in batch-norm(momentum 0.1, ε 1e-5).</summary>
    public override string ToString() =>
        $"batch-norm({(Momentum is { } share ? $"momentum {Text.Of(share)}" : "mean of all batches")}{(Affine ? "" : ", not affine")}, ε {Text.Of(Epsilon)})";

    internal override Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs) => new BatchNormLayer<T>(
        inputs,
        this,
        Affine ? NormParameters<T>.Create(plan, name, inputs) : null,
        plan.Buffers.Add($"{name}.mean", ParameterRole.Statistic, [inputs]),
        plan.Buffers.Add($"{name}.variance", ParameterRole.Statistic, [inputs]),
        plan.Buffers.Add($"{name}.batches", ParameterRole.Statistic, [1]));

    private static double? Checked(double? momentum) => momentum is null or (> 0 and <= 1)
        ? momentum
        : throw new SteepestException($"The momentum of batch norm is {Text.Of(momentum.Value)}, but it must be above 0 and at most 1.");
}

/// <summary>Batch normalisation at work, feature by feature.</summary>
internal sealed class BatchNormLayer<T>(
    int inputs, BatchNorm spec, NormParameters<T>? affine, ParameterSegment meanSegment, ParameterSegment varianceSegment, ParameterSegment batchesSegment)
    : Layer<T>(inputs, inputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T epsilon = LayerNorm.In<T>(spec.Epsilon, "batch norm");
    private readonly NormSums<T> sums = new();
    private readonly T[] inverse = new T[inputs];
    private AlignedBuffer<T> output = new(0), normalized = new(0);

    public override bool ComparesRows => true;

    public override void MakeRoom(int capacity)
    {
        output = new AlignedBuffer<T>((long)Outputs * capacity);
        normalized = new AlignedBuffer<T>((long)Outputs * capacity);
        sums.MakeRoom(capacity);
    }

    public override void Start(Pcg64 generator, Parameters<T> parameters, Parameters<T> buffers)
    {
        affine?.Start(parameters);
        buffers[meanSegment].Clear();
        buffers[varianceSegment].Fill(T.One);
        buffers[batchesSegment].Clear();
    }

    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        if (pass.Purpose == PassPurpose.Evaluation)
        {
            NormalizeByRunningStatistics(pass, input);
        }
        else
        {
            NormalizeByBatch(pass, input);
        }

        if (affine is null) return normalized;
        affine.Apply(pass, normalized, output);
        return output;
    }

    public override AlignedBuffer<T> Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        affine?.Gradient(pass, sums, normalized, outputGradient);
        if (!inputGradient) return outputGradient;
        affine?.MultiplyByScale(pass, outputGradient);
        var rows = T.CreateChecked(pass.Rows);
        for (var f = 0; f < Outputs; f++)
        {
            var g = outputGradient.Span.Slice(f * pass.Stride, pass.Rows);
            var mean = Reduction.Sum<T>(g) / rows;
            var meanAlong = sums.OfProducts(g, normalized.Span.Slice(f * pass.Stride, pass.Rows)) / rows;
            var work = new BackwardWork(
                inverse[f], mean, meanAlong, ref normalized.Span[f * pass.Stride], ref outputGradient.Span[f * pass.Stride], pass.Stride);
            Lanes.Run<T, BackwardWork>(ref work);
        }

        return outputGradient;
    }

    private void NormalizeByRunningStatistics(Pass<T> pass, AlignedBuffer<T> input)
    {
        Span<T> means = pass.Buffers[meanSegment], variances = pass.Buffers[varianceSegment];
        for (var f = 0; f < Outputs; f++)
        {
            var at = f * pass.Stride;
            // The mean is taken off first: together with the quotient it would lose digits where it is large.
            RowWork<T>.Run(T.One, -means[f], ref input.Span[at], ref normalized.Span[at], pass.Stride);
            RowWork<T>.Run(T.One / T.Sqrt(variances[f] + epsilon), T.Zero, ref normalized.Span[at], ref normalized.Span[at], pass.Stride);
        }
    }

    private void NormalizeByBatch(Pass<T> pass, AlignedBuffer<T> input)
    {
        var moves = pass.Purpose == PassPurpose.Training;
        var count = pass.Buffers[batchesSegment];
        if (moves) count[0] += T.One;
        var share = spec.Momentum is { } momentum ? T.CreateChecked(momentum) : T.One / count[0];
        Span<T> means = pass.Buffers[meanSegment], variances = pass.Buffers[varianceSegment];
        var rows = T.CreateChecked(pass.Rows);
        for (var f = 0; f < Outputs; f++)
        {
            var at = f * pass.Stride;
            var mean = Reduction.Sum<T>(input.Span.Slice(at, pass.Rows)) / rows;
            RowWork<T>.Run(T.One, -mean, ref input.Span[at], ref normalized.Span[at], pass.Stride);
            var centred = normalized.Span.Slice(at, pass.Rows);
            var squares = sums.OfProducts(centred, centred);
            inverse[f] = T.One / T.Sqrt((squares / rows) + epsilon);
            RowWork<T>.Run(inverse[f], T.Zero, ref normalized.Span[at], ref normalized.Span[at], pass.Stride);
            if (!moves) continue;
            means[f] = ((T.One - share) * means[f]) + (share * mean);
            variances[f] = ((T.One - share) * variances[f]) + (share * (squares / (rows - T.One)));
        }
    }

    /// <summary>The gradient by the input, in place: (g − mean g − x̂ · mean(g x̂)) / √(variance + ε).</summary>
    private readonly ref struct BackwardWork(T inverse, T mean, T meanAlong, ref T normalized, ref T gradient, int count) : ILaneWork<T>
    {
        private readonly ref T normalized = ref normalized;
        private readonly ref T gradient = ref gradient;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < count; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref gradient, i);
                V.Store(inverse * (V.Load(in at) - V.Broadcast(mean) - (meanAlong * V.Load(in Unsafe.Add(ref normalized, i)))), ref at);
            }
        }
    }
}
