using Steepest.Numerics;

namespace Steepest;

/// <summary>The curves that several schedules are made of, with equal bits on every system.</summary>
internal static class Curve
{
    /// <summary>From one value to another along half a cosine.</summary>
    /// <param name="from">The value at 0.</param>
    /// <param name="to">The value at 1.</param>
    /// <param name="share">0 … 2; past 1 it goes back.</param>
    public static double Cosine(double from, double to, double share) => to + ((from - to) * (1 + CosinePi(share)) / 2);

    /// <summary>x to the power y, for x ≥ 0.</summary>
    public static double Power(double x, double y)
    {
        if (x == 0) return y > 0 ? 0 : double.PositiveInfinity;
        return y == 1 || x == 1 ? x : NearestExpLog.Exp(y * NearestExpLog.Log(x));
    }

    /// <summary>cos(π x).</summary>
    public static double CosinePi(double x)
    {
        // Exact: off the nearest even number.
        x = Math.Abs(x - (2 * Math.Round(x / 2)));
        return x <= 0.25 ? CosineOf(x * Math.PI) : x < 0.75 ? SineOf((0.5 - x) * Math.PI) : -CosineOf((1 - x) * Math.PI);
    }

    // Taylor's series for at most π/4 end far below the last place.
    private static double CosineOf(double x)
    {
        var (square, sum) = (x * x, 0.0);
        for (var n = 18; n > 0; n -= 2) sum = (1 + sum) * -square / (n * (n - 1.0));
        return 1 + sum;
    }

    private static double SineOf(double x)
    {
        var (square, sum) = (x * x, 0.0);
        for (var n = 19; n > 1; n -= 2) sum = (1 + sum) * -square / (n * (n - 1.0));
        return x + (x * sum);
    }
}
