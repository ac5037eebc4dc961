namespace Steepest.Testing;

/// <summary>
/// What every optimizer of Steepest promises, clause by clause, to hold an optimizer of your own to. Each clause runs the optimizer, on small networks, test functions or
/// plain buffers; all of them take a second or two.
/// </summary>
public static class OptimizerContract
{
    private static readonly Clause[] All =
    [
        new MadeFromItsSettings(), new JsonRoundTrip(), new DeclaredState(),
        new SameBitsAtEveryWidth(), new SameBitsOnAnyThreads(), new ExactResume(), new NothingAllocated(), new PaddingStaysZero(),
        new SplitAsWhole(), new FloatNearDouble(), new GoesDown(), new ClimbsWhereAsked(),
    ];

    /// <summary>The names of the clauses, in the order in which they are checked.</summary>
    public static IReadOnlyList<string> Clauses { get; } = [.. All.Select(clause => clause.Name)];

    /// <summary>Holds an optimizer with its default settings to every clause.</summary>
    /// <param name="about">What the optimizer says of itself.</param>
    public static ContractReport Check(OptimizerInfo about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return Check(about.With(new Dictionary<string, double>()));
    }

    /// <summary>Holds an optimizer to every clause.</summary>
    /// <param name="optimizer">The optimizer.</param>
    public static ContractReport Check(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return new(optimizer, [.. All.Select(clause => clause.CheckSafely(optimizer))]);
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
