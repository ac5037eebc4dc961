namespace Steepest.Compare.Statistics;

/// <summary>
/// Where paired differences lie: the Hodges–Lehmann estimate and the interval of all shifts that the signed-rank test does not reject. Infinite
/// differences are ±L, beyond every finite one; what depends on how large L is, is infinite too.
/// </summary>
/// <param name="Estimate">The median of the means of all pairs of differences, each also with itself.</param>
/// <param name="Lower">The least shift against which the differences are not too high.</param>
/// <param name="Upper">The greatest shift against which they are not too low.</param>
/// <remarks>Source: Hodges and Lehmann, "Estimates of Location Based on Rank Tests" (1963).</remarks>
public readonly record struct Shift(double Estimate, double Lower, double Upper)
{
    /// <summary>Nothing known.</summary>
    public static Shift Unknown { get; } = new(double.NaN, double.NegativeInfinity, double.PositiveInfinity);

    internal Shift Mirrored() => new(-Estimate, -Upper, -Lower);

    /// <summary>Estimates the shift.</summary>
    /// <param name="differences">Paired differences; may be infinite, not NaN. None give <see cref="Unknown"/>.</param>
    /// <param name="level">The two-sided level of the test that the interval inverts, such as 0.05.</param>
    public static Shift Of(ReadOnlySpan<double> differences, double level)
    {
        if (differences.IsEmpty) return Unknown;
        var means = PairMeans.Of(differences);
        var mirrored = new double[differences.Length];
        for (var i = 0; i < mirrored.Length; i++) mirrored[i] = -differences[i];
        return new Shift(means.Median, Least(differences, means, level / 2), -Least(mirrored, PairMeans.Of(mirrored), level / 2));
    }

    /// <summary>
    /// The least shift that the one-sided test does not reject. Its ranks change only at the means of pairs: it is enough to try each of those and a
    /// place between any two.
    /// </summary>
    private static double Least(ReadOnlySpan<double> differences, PairMeans means, double level)
    {
        var finite = means.Finite;
        if (finite.Length == 0) return IsRejected(differences, 0, level) ? double.PositiveInfinity : double.NegativeInfinity;
        if (!IsRejected(differences, finite[0] - 1, level)) return double.NegativeInfinity;

        // Hoeffding's bound spares most of the tests: a sum so much above its mean is rejected whatever the ties.
        double n = differences.Length;
        var surely = (n * (n + 1) / 4) + Math.Sqrt(n * (n + 1) * ((2 * n) + 1) / 12 * Math.Log(1 / level));
        for (var k = 0; k < finite.Length;)
        {
            var next = k + 1;
            while (next < finite.Length && finite[next] - finite[next - 1] <= SignedRank.Tie) next++;
            if (finite.Length - next + means.Above + (means.Mixed / 2.0) <= surely)
            {
                var between = next < finite.Length ? finite[next - 1] + ((finite[next] - finite[next - 1]) / 2) : finite[^1] + 1;
                if (!IsRejected(differences, finite[k], level) || !IsRejected(differences, between, level)) return finite[k];
            }

            k = next;
        }

        return double.PositiveInfinity;
    }

    private static bool IsRejected(ReadOnlySpan<double> differences, double shift, double level) => SignedRank.Tails(differences, shift).Above <= level;
}

/// <summary>The means of all pairs of differences, each also with itself (Walsh averages).</summary>
/// <param name="Finite">The finite ones in order.</param>
/// <param name="Below">How many are −∞.</param>
/// <param name="Above">How many are +∞.</param>
/// <param name="Mixed">How many are of −∞ and +∞: half of each is on either side of any shift.</param>
internal sealed record PairMeans(double[] Finite, int Below, int Above, int Mixed)
{
    public double Median
    {
        get
        {
            var last = Below + Finite.Length + Above - 1;
            return last < 0 ? 0 : Statistics.Median.Middle([At(last / 2), At((last + 1) / 2)]);
        }
    }

    public static PairMeans Of(ReadOnlySpan<double> differences)
    {
        var finite = new List<double>(differences.Length);
        int low = 0, high = 0;
        foreach (var difference in differences)
        {
            if (double.IsNegativeInfinity(difference)) low++;
            else if (double.IsPositiveInfinity(difference)) high++;
            else finite.Add(difference);
        }

        var means = new double[finite.Count * (finite.Count + 1) / 2];
        var at = 0;
        for (var i = 0; i < finite.Count; i++)
        {
            for (var j = i; j < finite.Count; j++) means[at++] = finite[i] + ((finite[j] - finite[i]) / 2);
        }

        Array.Sort(means);
        return new PairMeans(means, Infinite(low), Infinite(high), low * high);

        int Infinite(int count) => (count * (count + 1) / 2) + (count * finite.Count);
    }

    private double At(int place) =>
        place < Below ? double.NegativeInfinity : place < Below + Finite.Length ? Finite[place - Below] : double.PositiveInfinity;
}
