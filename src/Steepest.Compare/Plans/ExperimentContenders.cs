using Steepest.Compare.Reports;
using Steepest.Compare.Tuning;

namespace Steepest.Compare;

/// <summary>Contenders of an experiment from those of a race.</summary>
public static class ExperimentContenders
{
    /// <summary>
    /// One that was given learning rates runs as it is set, at each of them; any other is tuned. A schedule is tuned as a whole: its shape stays, and its rates change in
    /// proportion.
    /// </summary>
    /// <param name="entrant">Who.</param>
    /// <param name="spaceOf">The search space of an optimizer; <see cref="SearchSpaces.UsualFor"/> unless given.</param>
    public static IEnumerable<ExperimentContender> Of(Entrant entrant, Func<Optimizer, SearchSpace>? spaceOf = null)
    {
        ArgumentNullException.ThrowIfNull(entrant);
        if (!entrant.HasOwnRates)
        {
            yield return new ExperimentContender(entrant.Contender, entrant.Optimizer, (spaceOf ?? SearchSpaces.UsualFor)(entrant.Optimizer)) { Groups = entrant.Groups };
            yield break;
        }

        foreach (var rate in entrant.Rates)
        {
            var contender = new Contender($"{entrant.Contender.Name},learning-rate={Words.Number(rate)}", $"{entrant.Contender.Title} at {Words.Number(rate)}");
            yield return new ExperimentContender(contender, entrant.Optimizer with { LearningRate = rate }, SearchSpace.AsSet) { Groups = entrant.Groups };
        }
    }
}
