using System.Collections.Concurrent;
using Steepest.Compare;
using Steepest.Compare.Descriptions;
using Steepest.Compare.Running;
using Steepest.Compare.Store;
using Steepest.Compare.Tuning;

namespace Steepest.Tests.Compare.Running;

/// <summary>An experiment that takes milliseconds, on a valley and on a bowl with noise.</summary>
internal static class SmallExperiment
{
    public static ExperimentContender GradientDescent { get; } = Of("gradient-descent", new GradientDescent(0.01));

    public static ExperimentContender Adam { get; } = Of("adam", new Adam(0.001));

    public static ExperimentContender Lion { get; } = Of("lion", new Lion(0.0001));

    public static Experiment Experiment { get; } = new("small", [TaskCatalog.TurnedValley with { Epochs = 30, Target = 0.1 }, TaskCatalog.NoisyQuadratic with { Epochs = 20 }], [GradientDescent, Adam])
    {
        Repeats = 2,
        Tries = 4,
    };

    public static ExperimentContender Of(string name, Optimizer optimizer, SearchSpace? space = null) => new(new Contender(name, name), optimizer, space ?? SearchSpaces.UsualFor(optimizer));

    public static ExperimentResult Run(Experiment experiment, ITrialStore? store = null, int threads = 2, IExperimentObserver? observer = null) =>
        RunUntil(experiment, store, threads, observer, TestContext.Current.CancellationToken);

    public static ExperimentResult RunUntil(Experiment experiment, ITrialStore? store, int threads, IExperimentObserver? observer, CancellationToken interrupt) =>
        ExperimentRunner.Run(experiment, store, threads, observer is null ? [] : [observer], interrupt);
}

/// <summary>A store in memory that counts, and that may be full.</summary>
internal sealed class CountingStore : ITrialStore
{
    private readonly ConcurrentDictionary<string, TrialResult> results = [];
    private int kept;

    public int Room { get; init; } = int.MaxValue;

    public int Kept => kept;

    public int Different => results.Count;

    public TrialResult? Find(TrialSpec trial) => results.GetValueOrDefault(TrialKey.Of(trial));

    public void Keep(TrialSpec trial, TrialResult result)
    {
        if (Interlocked.Increment(ref kept) > Room) throw new SteepestException("It is full.");
        results.TryAdd(TrialKey.Of(trial), result);
    }
}

/// <summary>Calls back at every trial.</summary>
internal sealed class Watching(Action<ExperimentTrial, ExperimentProgress> onTrial) : IExperimentObserver
{
    public void OnTrial(ExperimentTrial trial, ExperimentProgress progress) => onTrial(trial, progress);
}

/// <summary>A task that ends in no other way than by being cancelled, or fails at once.</summary>
internal sealed record EndlessTask(string Name, bool Fails = false) : TaskSpec(Name)
{
    public override string Summary => Name;

    internal override TaskKind Kind => new TaskKind<EndlessTask>(new EndlessTask("endless") { Epochs = 1 }, []);

    internal override bool IsFullBatch => true;

    internal override PreparedTask Prepare(uint split) => new Prepared(Fails);

    private sealed class Prepared(bool fails) : PreparedTask
    {
        public override int StepsPerEpoch => 1;

        public override int Parameters => 1;

        public override TrialResult? Run(TrialSpec trial, CancellationToken cancellation)
        {
            if (fails) throw new SteepestException("It fails.");
            cancellation.WaitHandle.WaitOne();
            return null;
        }

        public override void CheckFit(Optimizer optimizer, ValueList<ParameterGroup> groups)
        {
        }

        public override long StateBytes(Optimizer optimizer) => 0;
    }
}
