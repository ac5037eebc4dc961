namespace Steepest.Testing;

/// <summary>One promise of the contract, and how to find out whether an optimizer keeps it.</summary>
internal abstract class Clause
{
    /// <summary>The promise, in a few words.</summary>
    public abstract string Name { get; }

    /// <summary>Checks it; an optimizer that refuses to work breaks it.</summary>
    public ClauseResult CheckSafely(Optimizer optimizer)
    {
        try
        {
            return Check(optimizer);
        }
        catch (SteepestException e)
        {
            return Broken($"it does not work: {e.Message}");
        }
    }

    protected abstract ClauseResult Check(Optimizer optimizer);

    protected ClauseResult Kept => new(Name, ClauseOutcome.Kept, "");

    protected ClauseResult Broken(string finding) => new(Name, ClauseOutcome.Broken, finding);

    protected ClauseResult DoesNotApply(string why) => new(Name, ClauseOutcome.DoesNotApply, why);

    protected ClauseResult KeptIf(bool isKept, string otherwise) => isKept ? Kept : Broken(otherwise);
}
