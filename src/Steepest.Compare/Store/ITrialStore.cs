namespace Steepest.Compare.Store;

/// <summary>Where results are remembered under the descriptions of their trials. Safe for several threads and, as a file, several processes at once.</summary>
public interface ITrialStore
{
    /// <summary>What is remembered of a trial; <see langword="null"/> for nothing.</summary>
    /// <param name="trial">The trial.</param>
    TrialResult? Find(TrialSpec trial);

    /// <summary>Remembers a result. Of two results of one trial, which are equal, the first stays.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="result">What it gave.</param>
    void Keep(TrialSpec trial, TrialResult result);
}
