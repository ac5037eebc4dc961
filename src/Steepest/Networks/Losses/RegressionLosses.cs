using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The mean of (output − target)² over all rows and outputs.</summary>
internal sealed record MeanSquaredError : Loss
{
    public override string ToString() => "mean squared error";

    internal override void CheckFit(DataShape data, int outputs) => CheckTargets(data, outputs, ToString());

    internal override TargetEncoder<T> Encoder<T>(int outputs) => new NumberEncoder<T>();

    internal override T Evaluate<T>(AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient) =>
        ElementwiseLoss<T, Rule<T>>.Evaluate(static (_, _) => default, this, outputs, batch, rowLoss, gradient);

    private readonly struct Rule<T> : ILossRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V output, V target, out V derivative)
            where V : struct, IKernelLane<V, T>
        {
            var distance = output - target;
            derivative = distance + distance;
            return distance * distance;
        }
    }
}

/// <summary>The mean of |output − target| over all rows and outputs.</summary>
internal sealed record MeanAbsoluteError : Loss
{
    public override string ToString() => "mean absolute error";

    internal override void CheckFit(DataShape data, int outputs) => CheckTargets(data, outputs, ToString());

    internal override TargetEncoder<T> Encoder<T>(int outputs) => new NumberEncoder<T>();

    internal override T Evaluate<T>(AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient) =>
        ElementwiseLoss<T, Rule<T>>.Evaluate(static (_, _) => default, this, outputs, batch, rowLoss, gradient);

    private readonly struct Rule<T> : ILossRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V output, V target, out V derivative)
            where V : struct, IKernelLane<V, T>
        {
            var distance = output - target;
            var (zero, one) = (V.Broadcast(T.Zero), V.Broadcast(T.One));
            var magnitude = V.Abs(distance);
            // A distance of NaN keeps its NaN.
            derivative = V.WhereGreater(magnitude, zero, V.CopySign(one, distance), distance);
            return magnitude;
        }
    }
}

/// <summary>The mean over rows and outputs of ½ d² where the distance d from the target is at most δ, and of δ (|d| − ½ δ) elsewhere (Huber 1964).</summary>
/// <remarks>As PyTorch's <c>HuberLoss</c>; its <c>SmoothL1Loss</c> is this divided by δ.</remarks>
/// <param name="Delta">δ: positive and finite.</param>
/// <exception cref="SteepestException">δ is not positive and finite.</exception>
public sealed record Huber(double Delta = 1) : Loss
{
    /// <summary>δ, where squared turns into absolute.</summary>
    public double Delta { get; init => field = Checked(value); } = Checked(Delta);

    /// <summary>As in Huber loss (δ 1).</summary>
    public override string ToString() => $"Huber loss (δ {Text.Of(Delta)})";

    internal override void CheckFit(DataShape data, int outputs) => CheckTargets(data, outputs, "Huber loss");

    internal override TargetEncoder<T> Encoder<T>(int outputs) => new NumberEncoder<T>();

    internal override T Evaluate<T>(AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient) =>
        ElementwiseLoss<T, Rule<T>>.Evaluate(static (_, delta) => new Rule<T>(T.CreateChecked(delta)), Delta, outputs, batch, rowLoss, gradient);

    private static double Checked(double delta) => delta > 0 && double.IsFinite(delta)
        ? delta
        : throw new SteepestException($"The delta of the Huber loss is {Text.Of(delta)}, but it must be positive and finite.");

    private readonly struct Rule<T>(T delta) : ILossRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V output, V target, out V derivative)
            where V : struct, IKernelLane<V, T>
        {
            var distance = output - target;
            var magnitude = V.Abs(distance);
            var edge = V.Broadcast(delta);
            var half = V.Broadcast(T.CreateChecked(0.5));
            derivative = V.WhereGreater(magnitude, edge, V.CopySign(edge, distance), distance);
            return V.WhereGreater(magnitude, edge, delta * (magnitude - (half * edge)), half * (distance * distance));
        }
    }
}
