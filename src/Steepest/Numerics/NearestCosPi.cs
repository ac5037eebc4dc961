namespace Steepest.Numerics;

/// <summary>
/// The cosine of an angle in half turns as the double nearest to the true value, so that every system gives the same bits (the C library's
/// differ by system). Slow, about half a microsecond: for a schedule's learning rate, once a step.
/// </summary>
internal static class NearestCosPi
{
    /// <summary>Terms of either series; the angle's square is below 0.62.</summary>
    private const int Terms = 12;

    private static readonly DoubleDouble Pi = new(Math.PI, 1.2246467991473532e-16);

    /// <summary>cos(πx): 1 at 0, 0 at ½, −1 at 1, without error at any multiple of ½. NaN where x is not finite.</summary>
    public static double CosPi(double x)
    {
        // All exact: off the nearest even number, and mirrored at the quarter turn.
        var turn = Math.Abs(x - (2 * Math.Round(x / 2)));
        var mirrored = turn > 0.5;
        if (mirrored) turn = 1 - turn;

        DoubleDouble value;
        if (turn <= 0.25)
        {
            var angle = Pi * turn;
            value = Alternating(angle * angle, 1);
        }
        else
        {
            var angle = Pi * (0.5 - turn);
            value = angle * Alternating(angle * angle, 2);
        }

        return mirrored ? -value.High : value.High;
    }

    /// <summary>1 − q/(f(f + 1)) (1 − q/((f + 2)(f + 3)) (1 − …)): the cosine where f is 1, the sine over its angle where f is 2.</summary>
    private static DoubleDouble Alternating(DoubleDouble q, int f)
    {
        DoubleDouble sum = 1;
        for (var n = f + (2 * (Terms - 1)); n >= f; n -= 2)
            sum = 1 - (q * sum / (n * (n + 1)));
        return sum;
    }
}
