namespace Steepest;

/// <summary>The round bowl ½(x² + y²).</summary>
public sealed record BowlFunction : TestFunction
{
    /// <inheritdoc/>
    public override string Name => "bowl";

    /// <inheritdoc/>
    public override string Description => "½(x² + y²): as steep in every direction";

    /// <inheritdoc/>
    public override ValueList<double> Start => [-1.5, 1];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[0, 0]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-2, 2, -1.5, 1.5);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at) => 0.5 * ((at[0] * at[0]) + (at[1] * at[1]));

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient) => (gradient[0], gradient[1]) = (at[0], at[1]);
}

/// <summary>A valley turned by 30 degrees, ½(u² + κ v²): a hundred times as steep across as along.</summary>
public sealed record ValleyFunction : TestFunction
{
    private const double Steepness = 100, Sine = 0.5;

    private static readonly double Cosine = Math.Sqrt(3) / 2;

    /// <inheritdoc/>
    public override string Name => "valley";

    /// <inheritdoc/>
    public override string Description => "½(u² + 100 v²) with (u, v) turned by 30° against (x, y): steps that suit the walls are short along the floor";

    /// <inheritdoc/>
    public override ValueList<double> Start => [-1.5, 0.3];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[0, 0]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-2, 2, -1.5, 1.5);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at)
    {
        var (u, v) = Turned(at);
        return 0.5 * ((u * u) + (Steepness * v * v));
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient)
    {
        var (u, v) = Turned(at);
        gradient[0] = (Cosine * u) - (Sine * Steepness * v);
        gradient[1] = (Sine * u) + (Cosine * Steepness * v);
    }

    private static (double U, double V) Turned(ReadOnlySpan<double> at) => ((Cosine * at[0]) + (Sine * at[1]), (Cosine * at[1]) - (Sine * at[0]));
}

/// <summary>Rosenbrock's banana (Rosenbrock 1960): a bent valley with a flat floor.</summary>
public sealed record RosenbrockFunction : TestFunction
{
    /// <inheritdoc/>
    public override string Name => "rosenbrock";

    /// <inheritdoc/>
    public override string Description => "(1 − x)² + 100(y − x²)²: a bent valley, easy to find and slow to follow";

    /// <inheritdoc/>
    public override ValueList<double> Start => [-1.2, 1];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[1, 1]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-2, 2, -1, 3);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at)
    {
        double aside = 1 - at[0], above = at[1] - (at[0] * at[0]);
        return (aside * aside) + (100 * above * above);
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient)
    {
        var above = at[1] - (at[0] * at[0]);
        gradient[0] = (-2 * (1 - at[0])) - (400 * at[0] * above);
        gradient[1] = 200 * above;
    }
}

/// <summary>Beale's function (Beale 1958): flat plains between steep corners.</summary>
public sealed record BealeFunction : TestFunction
{
    /// <inheritdoc/>
    public override string Name => "beale";

    /// <inheritdoc/>
    public override string Description => "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: flat plains between steep corners";

    /// <inheritdoc/>
    public override ValueList<double> Start => [1, 1.5];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima => [[3, 0.5]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-1, 4.5, -1.5, 2);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at)
    {
        var (a, b, c) = Parts(at[0], at[1]);
        return (a * a) + (b * b) + (c * c);
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient)
    {
        var (x, y) = (at[0], at[1]);
        var (a, b, c) = Parts(x, y);
        gradient[0] = 2 * ((a * (y - 1)) + (b * ((y * y) - 1)) + (c * ((y * y * y) - 1)));
        gradient[1] = 2 * x * (a + (2 * b * y) + (3 * c * y * y));
    }

    private static (double A, double B, double C) Parts(double x, double y) => (1.5 - x + (x * y), 2.25 - x + (x * y * y), 2.625 - x + (x * y * y * y));
}

/// <summary>Himmelblau's function (Himmelblau 1972): four equal minima.</summary>
public sealed record HimmelblauFunction : TestFunction
{
    /// <inheritdoc/>
    public override string Name => "himmelblau";

    /// <inheritdoc/>
    public override string Description => "(x² + y − 11)² + (x + y² − 7)²: four minima, all 0";

    /// <inheritdoc/>
    public override ValueList<double> Start => [-0.5, -0.5];

    /// <inheritdoc/>
    public override ValueList<ValueList<double>> Minima =>
        [[3, 2], [-2.8051180869527448, 3.1313125182505730], [-3.7793102533777469, -3.2831859912861694], [3.5844283403304917, -1.8481265269644036]];

    /// <inheritdoc/>
    public override (double Left, double Right, double Bottom, double Top) View => (-5, 5, -5, 5);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> at)
    {
        var (a, b) = Parts(at);
        return (a * a) + (b * b);
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> at, long step, Span<double> gradient)
    {
        var (a, b) = Parts(at);
        gradient[0] = (4 * at[0] * a) + (2 * b);
        gradient[1] = (2 * a) + (4 * at[1] * b);
    }

    private static (double A, double B) Parts(ReadOnlySpan<double> at) => ((at[0] * at[0]) + at[1] - 11, at[0] + (at[1] * at[1]) - 7);
}
