namespace Steepest.Testing;

/// <summary>
/// What every optimizer of Steepest promises, clause by clause, to hold an optimizer of your own to. Each clause runs the optimizer, on small networks, test functions or
/// plain buffers; all of them take a second or two.
/// </summary>
public static class OptimizerContract
{
    private static readonly Clause[] All =
    [
        new MadeFromItsSettings(), new OutOfRangeRefused(), new JsonRoundTrip(), new DeclaredState(),
        new SameBitsAtEveryWidth(), new SameBitsOnAnyThreads(), new ExactResume(), new NothingAllocated(), new PaddingStaysZero(),
        new SplitAsWhole(), new FloatNearDouble(), new GoesDown(), new ClimbsWhereAsked(),
    ];

    /// <summary>The names of the clauses, in the order in which they are checked; after them comes where a reference goes, if there is one.</summary>
    public static IReadOnlyList<string> Clauses { get; } = [.. All.Select(clause => clause.Name)];

    /// <summary>Holds an optimizer with its default settings to every clause.</summary>
    /// <param name="about">What the optimizer says of itself.</param>
    /// <param name="references">Where others go with the same settings.</param>
    public static ContractReport Check(OptimizerInfo about, params ReadOnlySpan<Trajectory> references)
    {
        ArgumentNullException.ThrowIfNull(about);
        return Check(about.With(new Dictionary<string, double>()), references);
    }

    /// <summary>Holds an optimizer to every clause.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="references">Where others go with the same settings.</param>
    public static ContractReport Check(Optimizer optimizer, params ReadOnlySpan<Trajectory> references)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Clause[] last = references.IsEmpty ? [new GoesWithReference(null)] : [.. references.ToArray().Select(reference => new GoesWithReference(reference))];
        return new(optimizer, [.. All.Concat(last).Select(clause => clause.CheckSafely(optimizer))]);
    }

    /// <summary>Holds an optimizer to one clause.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="clause">A name of <see cref="Clauses"/>.</param>
    /// <exception cref="SteepestException">There is no such clause.</exception>
    public static ClauseResult Check(Optimizer optimizer, string clause)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return (All.FirstOrDefault(c => c.Name == clause) ?? throw NearestName.Unknown("clause", clause, Clauses)).CheckSafely(optimizer);
    }
}
