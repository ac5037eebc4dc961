using System.Globalization;
using Steepest.Compare.Reports;

namespace Steepest.Figures;

/// <summary>The best way of an optimizer over a test function among those at several learning rates.</summary>
/// <param name="Path">The way.</param>
/// <param name="Rate">Its learning rate.</param>
/// <param name="ArrivedAt">The step after which it stays near the minimum; <see langword="null"/> if it does not.</param>
internal sealed record BestPath(FunctionPath Path, double Rate, int? ArrivedAt)
{
    public const int Steps = 1000;

    public const double Near = 0.01;

    /// <summary>The learning rates that are tried.</summary>
    public static IReadOnlyList<double> Rates { get; } = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    /// <summary>Where it came to, in a few words.</summary>
    public string Outcome
    {
        get
        {
            var outcome = ArrivedAt is { } step
                ? $"within {Words.Number(Near)} of the minimum from step {Words.Count(step)} on"
                : $"{Path.Distance.ToString("G2", CultureInfo.InvariantCulture)} from the minimum after {Words.Count(Path.Places.Count - 1)} steps";
            return LeavesView ? $"{outcome}, out of view on its way" : outcome;
        }
    }

    private bool LeavesView => Path.Places.Any(place =>
        place[0] < Path.Function.View.Left || place[0] > Path.Function.View.Right || place[1] < Path.Function.View.Bottom || place[1] > Path.Function.View.Top);

    /// <summary>Goes at every learning rate.</summary>
    /// <param name="function">The function.</param>
    /// <param name="optimizer">The optimizer; its own learning rate does not matter.</param>
    /// <returns>The way that is near the minimum for good after the fewest steps, else the one that ends nearest; <see langword="null"/> where the optimizer does not work on
    /// two numbers.</returns>
    public static BestPath? Of(TestFunction function, Optimizer optimizer)
    {
        try
        {
            return Rates.Select(rate => Of(function.Descend<double>(optimizer with { LearningRate = rate }, Steps), rate))
                .OrderBy(path => path.ArrivedAt ?? int.MaxValue).ThenBy(path => path.Path.Places.Count > Steps ? path.Path.Distance : double.PositiveInfinity).First();
        }
        catch (SteepestException)
        {
            return null;
        }
    }

    private static BestPath Of(FunctionPath path, double rate) => new(path, rate, path.Places.Count > Steps ? path.SettledWithin(Near) : null);
}
