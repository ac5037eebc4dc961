using Steepest.Compare;
using Steepest.Lab.Races;

namespace Steepest.Lab;

/// <summary>A race that teaches something.</summary>
/// <param name="Name">Its name in an address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Look">What to look for, in a sentence.</param>
/// <param name="Argue">What a class can argue about once it is over.</param>
/// <param name="Race">What is set up.</param>
internal sealed record Lesson(string Name, string Title, string Look, string Argue, RaceRequest Race)
{
    // The rates at which each needs the fewest epochs of the seven that `steepest compare` tries.
    private static readonly double[] BestRates = [0.3, 0.3, 1];

    /// <summary>The lessons in order.</summary>
    public static IReadOnlyList<Lesson> All { get; } =
    [
        new(
            "one-rate",
            "One learning rate for all",
            "Three optimizers, one learning rate, 0.01, one small network. Press Race, and see who is first at the dashed line.",
            "Is Adam the better optimizer, or is 0.01 the better learning rate for Adam? Lesson 2 gives each its own.",
            Of([0.01, 0.01, 0.01], 20_000)),
        new(
            "own-rates",
            "Each with its own, and momentum",
            "The same three, each with a learning rate that suits it. Press Race, and see what is left of Adam’s lead.",
            "These rates were chosen on this very start. Would they win on another? The fair race chooses anew in every repeat.",
            Of(BestRates, 1000)),
    ];

    private static RaceRequest Of(double[] rates, int epochs) => new(
        RaceTask.Article,
        epochs,
        TaskCatalog.Iris.Target!.Value,
        [.. RacePlanner.ArticleEntrants(double.Epsilon).Zip(rates, (entrant, rate) => entrant.Optimizer with { LearningRate = rate })]);
}
