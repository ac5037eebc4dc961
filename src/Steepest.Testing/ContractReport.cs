namespace Steepest.Testing;

/// <summary>How an optimizer stands to a clause.</summary>
public enum ClauseOutcome
{
    /// <summary>It keeps it.</summary>
    Kept,

    /// <summary>It breaks it.</summary>
    Broken,

    /// <summary>The clause says nothing of such an optimizer.</summary>
    DoesNotApply,
}

/// <summary>What checking a clause found.</summary>
/// <param name="Clause">The clause's name.</param>
/// <param name="Outcome">How the optimizer stands to it.</param>
/// <param name="Finding">What was found and what was expected, or why the clause does not apply; empty where it is kept.</param>
public sealed record ClauseResult(string Clause, ClauseOutcome Outcome, string Finding)
{
    /// <summary>A line such as: broken: nothing is allocated: a step allocated 24 bytes.</summary>
    public override string ToString() => Outcome switch
    {
        ClauseOutcome.Kept => $"kept: {Clause}",
        ClauseOutcome.Broken => $"broken: {Clause}: {Finding}",
        _ => $"does not apply: {Clause}: {Finding}",
    };
}

/// <summary>How an optimizer stands to the whole contract.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Results">A result for every clause.</param>
public sealed record ContractReport(Optimizer Optimizer, IReadOnlyList<ClauseResult> Results)
{
    /// <summary>The clauses that are broken.</summary>
    public IEnumerable<ClauseResult> Broken => Results.Where(result => result.Outcome == ClauseOutcome.Broken);

    /// <summary>Whether no clause is broken.</summary>
    public bool IsKept => !Broken.Any();

    /// <summary>Fails a test of any framework.</summary>
    /// <exception cref="SteepestException">A clause is broken; the message names each that is.</exception>
    public void ThrowIfBroken()
    {
        if (!IsKept) throw new SteepestException($"The optimizer {Optimizer} does not keep its contract:{Environment.NewLine}{string.Join(Environment.NewLine, Broken)}");
    }

    /// <summary>A line for every clause.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Results);
}
