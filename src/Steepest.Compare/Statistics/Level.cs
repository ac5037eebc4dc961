namespace Steepest.Compare.Statistics;

/// <summary>How sure a verdict has to be, so that a whole task has at most <see cref="FamilyWise"/> of a chance to hold any false one.</summary>
/// <param name="Comparisons">The comparisons of the task, at least 1; the level is divided among them (Bonferroni).</param>
/// <param name="Look">
/// Which look at an experiment this is, where repeats may be added: look j, counted from 1, is tested at 0.05/2ʲ, so that all looks together
/// stay within 0.05. 0 for an experiment whose repeats are fixed, which is looked at once, at 0.05.
/// </param>
public sealed record Level(int Comparisons = 1, int Look = 0)
{
    /// <summary>The level of all looks at a task together.</summary>
    public const double FamilyWise = 0.05;

    /// <summary>The level of this look at all comparisons together.</summary>
    public double OfLook => FamilyWise / Math.Pow(2, Look);

    /// <summary>The level of each comparison.</summary>
    public double PerComparison => OfLook / Comparisons;

    /// <summary>The level at which more repeats would be looked at: where looks are counted, that of the next.</summary>
    internal Level OfMoreRepeats => Look == 0 ? this : this with { Look = Look + 1 };

    /// <summary>
    /// The fewest informative repeats with which anything can be shown, 1 + ⌈log₂(1/level)⌉: with fewer, not even a contender that is ahead in every
    /// one of them is unlikely enough by chance.
    /// </summary>
    public int FewestRepeats => 1 + (int)Math.Ceiling(Math.Log2(1 / PerComparison));
}
