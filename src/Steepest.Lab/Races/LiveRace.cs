using Steepest.Compare;
using Steepest.Compare.Reports;
using Steepest.Compare.Running;

namespace Steepest.Lab.Races;

/// <summary>A race that somebody looks at: one thread a contender, so that all are on the way at once and can be held at the same epoch.</summary>
internal sealed class LiveRace : IDisposable
{
    private readonly RacePlan plan;
    private readonly PreparedRace task;
    private readonly CancellationTokenSource end = new();

    /// <summary>Prepares a race, and refuses one that cannot be run.</summary>
    /// <param name="request">What was asked for.</param>
    /// <exception cref="SteepestException">Something cannot be trained so.</exception>
    public LiveRace(RaceRequest request)
    {
        Request = request;
        plan = request.Plan();
        task = plan.Task.Prepare();
        Race.RequireFit<double>(plan, task);
        Pace = new Pace(request.IsPaused);
        Runs = [.. plan.Runs.Select(run => new LiveRun(run, request.Columns, Pace, end.Token))];
    }

    /// <summary>What was asked for.</summary>
    public RaceRequest Request { get; }

    /// <summary>Its runs.</summary>
    public IReadOnlyList<LiveRun> Runs { get; }

    /// <summary>Holds it, or lets it go on.</summary>
    public Pace Pace { get; }

    /// <summary>Ended when somebody ends the race.</summary>
    public CancellationToken Ended => end.Token;

    /// <summary>Steps that an epoch has.</summary>
    public int StepsPerEpoch => plan.Task.BatchSize is { } rows && rows < task.Train.Rows ? ((task.Train.Rows - 1) / rows) + 1 : 1;

    /// <summary>What the race is on, for the page.</summary>
    public object Summary => new
    {
        titles = Runs.Select(run => run.Spec.Contender.Title),
        network = task.Network.ToString(),
        inputs = task.Network.Inputs,
        outputs = task.Network.Outputs,
        parameters = task.Network.Build<double>(0).Parameters.Layout.Count,
        trainRows = task.Train.Rows,
        testRows = task.Test.Rows,
        stepsPerEpoch = StepsPerEpoch,
    };

    /// <summary>Trains all contenders to the end of their budgets.</summary>
    public Task Run() => Task.WhenAll(Runs.Select(run => Task.Factory.StartNew(() => run.Run(task), end.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    /// <summary>Ends it within a step.</summary>
    public void End() => end.Cancel();

    /// <summary>The sentences of the command on it, with another target too; none before it is over.</summary>
    /// <param name="target">The target.</param>
    public IReadOnlyList<string> Verdict(Target target)
    {
        RunResult[] results = [.. Runs.Select(run => run.ResultAt(target)).OfType<RunResult>()];
        if (results.Length < Runs.Count) return [];
        var raced = plan with { Target = target, Runs = [.. results.Select(result => result.Spec)] };
        return RaceVerdict.Of(new RaceResult(raced, task, target, [.. results], IsComplete: true));
    }

    /// <summary>How all stand against a target.</summary>
    /// <param name="target">The target.</param>
    public object Standing(Target target) => new { reach = target.Value, ended = end.IsCancellationRequested, runs = Runs.Select(run => run.At(target)).ToArray(), verdict = Verdict(target) };

    /// <summary>What a step of each costs, measured apart: one after the other, alone.</summary>
    /// <param name="cancellation">Ends it early.</param>
    public IReadOnlyList<Compare.Running.StepTime> Times(CancellationToken cancellation) => StepTimes.Measure(
        new Experiment("times", [ExperimentTask.Of(Request.Task, Request.Epochs, null)], [.. Runs.Select(run => new ExperimentContender(run.Spec.Contender, run.Spec.Optimizer, SearchSpace.AsSet))]),
        [],
        cancellation);

    /// <inheritdoc/>
    public void Dispose() => end.Dispose();
}
