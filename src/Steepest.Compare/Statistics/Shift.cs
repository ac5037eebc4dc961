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
        return new Shift(means.Median, Least(differences, means, level / 2), 0 - Least(mirrored, PairMeans.Of(mirrored), level / 2));
    }

    /// <summary>
    /// The least shift that the one-sided test does not reject. As the shift rises past the mean of a pair, positive differences lose ranks and negative ones
    /// win them, so that whatever the signs come to, the sum found falls the most: the probability of one as high never falls. Between two means it stays.
    /// So it is enough to halve the places after each mean; at the mean itself it is not above what it is after it.
    /// </summary>
    private static double Least(ReadOnlySpan<double> differences, PairMeans means, double level)
    {
        var finite = means.Finite;
        if (finite.Length == 0) return IsRejected(differences, 0, level) ? double.PositiveInfinity : double.NegativeInfinity;

        // Beyond all, however large they are.
        if (!IsRejected(differences, finite[0] - 1 - Math.Abs(finite[0]), level)) return double.NegativeInfinity;
        int low = 0, high = finite.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsRejected(differences, After(finite, middle), level)) low = middle + 1;
            else high = middle;
        }

        // Where two differences cancel out, the bound is 0 and not the rounding of their logarithms, which would be a verdict.
        return low == finite.Length ? double.PositiveInfinity : Math.Abs(finite[low]) <= SignedRank.Tie ? 0 : finite[low];
    }

    private static double After(double[] means, int place)
    {
        var next = place + 1;
        while (next < means.Length && means[next] - means[next - 1] <= SignedRank.Tie) next++;
        return next < means.Length ? means[next - 1] + ((means[next] - means[next - 1]) / 2) : means[^1] + 1 + Math.Abs(means[^1]);
    }

    private static bool IsRejected(ReadOnlySpan<double> differences, double shift, double level) => SignedRank.Tails(differences, shift).Above <= level;
}

/// <summary>The means of all pairs of differences, each also with itself (Walsh averages), but of −∞ with +∞: half of each is on either side of any shift.</summary>
/// <param name="Finite">The finite ones in order.</param>
/// <param name="Below">How many are −∞.</param>
/// <param name="Above">How many are +∞.</param>
internal sealed record PairMeans(double[] Finite, int Below, int Above)
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
        return new PairMeans(means, Infinite(low), Infinite(high));

        int Infinite(int count) => (count * (count + 1) / 2) + (count * finite.Count);
    }

    private double At(int place) =>
        place < Below ? double.NegativeInfinity : place < Below + Finite.Length ? Finite[place - Below] : double.PositiveInfinity;
}
