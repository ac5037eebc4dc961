using Steepest.Compare;
using Steepest.Compare.Running;
using Steepest.Compare.Tuning;

namespace Steepest.Lab.Races;

/// <summary>The fair race of the same contenders: each with a learning rate of its own, in repeats. On the article's task it is the one of the command, to the name.</summary>
internal static class FairRace
{
    /// <summary>The experiment.</summary>
    /// <param name="request">The race.</param>
    /// <exception cref="SteepestException">There are fewer than two contenders that differ in more than the learning rate.</exception>
    public static Experiment Of(RaceRequest request)
    {
        var entrants = request.Entrants();
        if (entrants.Count < 2) throw new SteepestException("A fair race needs two contenders or more that differ in more than their learning rates, for those it finds itself.");

        // The article's target is its task's own; on other data the training loss is not what the tasks are measured by.
        var isOwnTarget = request.Task.IsArticle && request.Reach != TaskCatalog.Iris.Target;
        var task = ExperimentTask.Of(request.Task, null, isOwnTarget ? request.Target : null);
        ValueList<ExperimentContender> contenders = [.. entrants.SelectMany(entrant => ExperimentContenders.Of(entrant, SearchSpaces.UsualFor))];
        var experiment = new Experiment("experiment", [task], contenders)
        {
            Seed = request.Task.Seed,
            Repeats = Experiment.UsualRepeats(contenders.Count, allPairs: false),
            Baseline = contenders[^1].Contender.Name,
        };
        experiment = experiment with { Name = ExperimentName.Of(experiment) };
        experiment.Check();
        return experiment;
    }

    /// <summary>Trials that it has.</summary>
    /// <param name="experiment">The experiment.</param>
    public static int Trials(Experiment experiment) => experiment.Contenders.Sum(contender => new TuningRun(experiment, experiment.Tasks[0], contender, repeat: 0).Trials) * experiment.Repeats;
}
