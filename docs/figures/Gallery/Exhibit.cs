using Steepest.Commands;

namespace Steepest.Figures;

/// <summary>One optimizer or wrapper of the gallery.</summary>
/// <param name="Description">What <c>steepest describe</c> says of it.</param>
/// <param name="Spelling">What is run for its pictures, as the command spells it.</param>
/// <param name="Optimizer">The same, its learning rate not chosen yet.</param>
internal sealed record Exhibit(Description Description, string Spelling, Optimizer Optimizer)
{
    // With their own defaults the first two would be gradient descent.
    private static readonly Dictionary<string, string> Shown = new(StringComparer.Ordinal)
    {
        ["sgd"] = "sgd,momentum=0.9",
        ["asgd"] = "asgd,average-from=100",
        ["lookahead"] = "lookahead(sgd,momentum=0.9)",
        ["sam"] = "sam(sgd)",
    };

    /// <summary>All optimizers and wrappers.</summary>
    public static IReadOnlyList<Exhibit> All { get; } =
        [.. Optimizers.All.Select(optimizer => Of(Description.Of(optimizer))), .. Wrappers.All.Select(wrapper => Of(Description.Of(wrapper)))];

    public string Name => Description.Name;

    private static Exhibit Of(Description description)
    {
        var spelling = Shown.GetValueOrDefault(description.Name, description.Name);
        return new(description, spelling, OptimizerGrammar.ParseOne(Optimizers.All, spelling));
    }
}
