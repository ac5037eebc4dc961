using Steepest.Compare;

namespace Steepest.Lab.Races;

/// <summary>A contender's run while it goes on, as an observer of its training.</summary>
/// <param name="spec">The run.</param>
/// <param name="columns">Columns of pixels that its curve is shown in.</param>
/// <param name="pace">Holds it, or lets it go on.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class LiveRun(RunSpec spec, int columns, Pace pace, CancellationToken cancellation) : ITrainingObserver<double>
{
    private readonly Lock gate = new();
    private readonly Thinning curve = new(columns, spec.Epochs);
    private readonly List<double> losses = [];

    /// <summary>What is run.</summary>
    public RunSpec Spec => spec;

    /// <summary>What it gave; <see langword="null"/> while it goes on.</summary>
    public RunResult? Result { get; private set; }

    /// <inheritdoc/>
    public void OnEpoch(TrainingState<double> state)
    {
        lock (gate)
        {
            losses.Add(state.Loss);
            curve.Add(state.Epoch + 1, state.Loss);
        }

        // Whoever is at the end has nothing to wait for.
        if (state.Epoch + 1 < spec.Epochs) pace.Wait(state.Epoch + 1, cancellation);
    }

    /// <summary>Trains.</summary>
    /// <param name="task">What it is on.</param>
    public void Run(PreparedRace task) => Result = Race.RunOne(spec, task, null, this, cancellation);

    /// <summary>The points of the curve that were not told yet.</summary>
    /// <param name="all">Also those of a column that is not full.</param>
    public IReadOnlyList<(int Epoch, double Loss)> News(bool all)
    {
        lock (gate) return [.. curve.Take(all).Select(point => (point.Epoch, point.Value))];
    }

    /// <summary>How it stands against a target.</summary>
    /// <param name="target">The target.</param>
    public RunStanding At(Target target)
    {
        lock (gate)
        {
            var reached = losses.FindIndex(loss => target.IsReached(loss, 0, 1));
            return new RunStanding(
                losses.Count,
                reached < 0 ? null : reached + 1,
                losses.Count == 0 ? null : losses[^1],
                Result?.DivergedAt + 1,
                Result is { DivergedAt: null } ? Result.TestRight : null,
                Result?.TestRows);
        }
    }

    /// <summary>The result against a target.</summary>
    /// <param name="target">The target.</param>
    public RunResult? ResultAt(Target target) => Result is null ? null : Result with
    {
        // It raced to the target, and then went on.
        Spec = spec with { StopsAtTarget = true },
        ReachedAt = At(target).Reached - 1,
    };
}

/// <summary>How a run stands.</summary>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Reached">The epoch, from 1, that reached the target; <see langword="null"/> if none did.</param>
/// <param name="Loss">The last loss.</param>
/// <param name="Diverged">The epoch, from 1, at which it diverged; <see langword="null"/> if it did not.</param>
/// <param name="TestRight">Test rows right at the end; <see langword="null"/> before.</param>
/// <param name="TestRows">Test rows.</param>
internal sealed record RunStanding(int Epochs, int? Reached, double? Loss, int? Diverged, int? TestRight, int? TestRows);
