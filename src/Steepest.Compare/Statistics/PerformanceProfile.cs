namespace Steepest.Compare.Statistics;

/// <summary>How often a contender is within a factor τ of the best, over tasks.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Ratios">Its time on each task over the best time there, in order; +∞ for a miss.</param>
/// <remarks>Sources: Dolan and Moré, "Benchmarking Optimization Software with Performance Profiles" (2002); Dahl et al., "Benchmarking Neural Network Training Algorithms" (2023).</remarks>
public sealed record PerformanceProfile(string Contender, ValueList<double> Ratios)
{
    /// <summary>The largest factor that counts.</summary>
    public const double LargestFactor = 4;

    /// <summary>The area under the profile from τ = 1 to 4, scaled to [0, 1].</summary>
    public double Score => Ratios.Count == 0 ? 0 : Ratios.Average(ratio => Math.Max(0, LargestFactor - ratio) / (LargestFactor - 1));

    /// <summary>The share of tasks on which the contender takes at most τ times as long as the best.</summary>
    /// <param name="factor">τ, at least 1.</param>
    public double At(double factor) => Ratios.Count == 0 ? 0 : Ratios.Count(ratio => ratio <= factor) / (double)Ratios.Count;

    /// <summary>The profiles of contenders over tasks, in the contenders' order.</summary>
    /// <param name="contenders">Their names.</param>
    /// <param name="times">For each task the time of each contender, in the contenders' order; +∞ for a miss.</param>
    public static ValueList<PerformanceProfile> Of(IReadOnlyList<string> contenders, IReadOnlyList<IReadOnlyList<double>> times) =>
    [
        .. contenders.Select((name, c) => new PerformanceProfile(
            name, [.. times.Select(task => double.IsFinite(task[c]) ? task[c] / task.Min() : double.PositiveInfinity).Order()])),
    ];

    /// <summary>The contenders from the highest score to the lowest; equal scores in the contenders' order.</summary>
    /// <param name="profiles">Their profiles.</param>
    public static ValueList<string> Ranking(IEnumerable<PerformanceProfile> profiles) => [.. profiles.OrderByDescending(profile => profile.Score).Select(profile => profile.Contender)];

    /// <summary>The tasks, by their place, without which the ranking would be another: two contenders would change places, or become equal, or cease to be.</summary>
    /// <param name="contenders">Their names.</param>
    /// <param name="times">As for <see cref="Of"/>.</param>
    public static ValueList<int> RankingDependsOn(IReadOnlyList<string> contenders, IReadOnlyList<IReadOnlyList<double>> times)
    {
        var ranking = Order(times);
        return times.Count < 2 ? [] : [.. Enumerable.Range(0, times.Count).Where(left => !Order([.. times.Where((_, task) => task != left)]).SequenceEqual(ranking))];

        // For every two contenders which is ahead. Scores that differ in rounding are equal.
        int[] Order(IReadOnlyList<IReadOnlyList<double>> tasks)
        {
            var scores = Of(contenders, tasks).Select(profile => Math.Round(profile.Score, 12)).ToArray();
            return [.. scores.SelectMany(one => scores.Select(one.CompareTo))];
        }
    }
}
