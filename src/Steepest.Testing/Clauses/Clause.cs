namespace Steepest.Testing;

/// <summary>One promise of the contract, and how to find out whether an optimizer keeps it.</summary>
internal abstract class Clause
{
    /// <summary>The promise, in a few words.</summary>
    public abstract string Name { get; }

    /// <summary>Checks it; an optimizer that refuses to work or fails breaks it, and the clauses after it are checked all the same.</summary>
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
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Broken($"it fails with {e.GetType().Name}: {e.Message}");
        }
    }

    protected abstract ClauseResult Check(Optimizer optimizer);

    protected ClauseResult Kept => new(Name, ClauseOutcome.Kept, "");

    protected ClauseResult Broken(string finding) => new(Name, ClauseOutcome.Broken, finding);

    protected ClauseResult DoesNotApply(string why) => new(Name, ClauseOutcome.DoesNotApply, why);

    protected ClauseResult KeptIf(bool isKept, string otherwise) => isKept ? Kept : Broken(otherwise);
}
