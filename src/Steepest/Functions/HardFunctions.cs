using Steepest.Numerics;

namespace Steepest;

/// <summary>Rastrigin's function (Rastrigin 1974): a bowl full of dents.</summary>
public sealed record RastriginFunction : TestFunction
{
    private const double Depth = 10;

    /// <inheritdoc/>
    public override string Name => "rastrigin";

    /// <inheritdoc/>
    public override string Description => "20 + x² + y² − 10 cos 2πx − 10 cos 2πy: a bowl full of dents, each a minimum of its own";

    /// <inheritdoc/>
    public override ValueList<double> Start => [-1.4, 1.3];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[0, 0]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-2.5, 2.5, -2.5, 2.5);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at) =>
        (2 * Depth) + (at[0] * at[0]) + (at[1] * at[1]) - (Depth * (NearestCosPi.CosPi(2 * at[0]) + NearestCosPi.CosPi(2 * at[1])));

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient)
    {
        for (var i = 0; i < 2; i++) gradient[i] = (2 * at[i]) + (2 * Math.PI * Depth * NearestCosPi.CosPi((2 * at[i]) - 0.5));
    }
}

/// <summary>A saddle between two minima.</summary>
public sealed record SaddleFunction : TestFunction
{
    /// <inheritdoc/>
    public override string Name => "saddle";

    /// <inheritdoc/>
    public override string Description => "½x² + ¼y⁴ − ½y²: a saddle at (0, 0) that is left slowly, and a minimum on either side";

    /// <inheritdoc/>
    public override ValueList<double> Start => [1.5, 0.001];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[0, 1], [0, -1]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-2, 2, -1.6, 1.6);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at)
    {
        var y2 = at[1] * at[1];
        return (0.5 * at[0] * at[0]) + (0.25 * y2 * y2) - (0.5 * y2);
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient) =>
        (gradient[0], gradient[1]) = (at[0], (at[1] * at[1] * at[1]) - at[1]);
}

/// <summary>A hole in a plain: the gradient fades with the distance.</summary>
public sealed record PlateauFunction : TestFunction
{
    /// <inheritdoc/>
    public override string Name => "plateau";

    /// <inheritdoc/>
    public override string Description => "r²/(1 + r²): a hole in a plain, where the gradient fades with the distance";

    /// <inheritdoc/>
    public override ValueList<double> Start => [-4, 3];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[0, 0]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-5, 5, -4, 4);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at)
    {
        var square = (at[0] * at[0]) + (at[1] * at[1]);
        return square / (1 + square);
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient)
    {
        var more = 1 + (at[0] * at[0]) + (at[1] * at[1]);
        (gradient[0], gradient[1]) = (2 * at[0] / (more * more), 2 * at[1] / (more * more));
    }
}

/// <summary>The counterexample of Reddi, Kale and Kumar (2018, Theorem 1): rare large gradients one way, frequent small ones the other.</summary>
/// <remarks>Every 101st step, the first of each round, has the gradient 1010, all others −10, and x stays in [−1, 1]. Their mean is 10/101, so that −1 is best. Adam forgets the
/// large ones before the next comes and goes to 1, where 1/(1 − β₂) is short against the round; AMSGrad does not.</remarks>
public sealed record ReddiFunction : TestFunction
{
    private const long Round = 101;
    private const double Rare = 1010, Frequent = -10;

    /// <inheritdoc/>
    public override string Name => "reddi";

    /// <inheritdoc/>
    public override string Description => "x on [−1, 1], its gradient 1010 once in 101 steps and −10 else: Adam with a short memory goes the wrong way";

    /// <inheritdoc/>
    public override int Dimensions => 1;

    /// <inheritdoc/>
    public override ValueList<double> Start => [0];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[-1]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-1, 1, 0, 1);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at) => (Rare + ((Round - 1) * Frequent)) / Round * at[0];

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient) => gradient[0] = step % Round == 1 ? Rare : Frequent;

    /// <inheritdoc/>
    public override void Confine(Span<double> at) => at[0] = Math.Clamp(at[0], -1, 1);
}
