namespace Steepest.Compare;

/// <summary>What a run gave.</summary>
/// <param name="Spec">What was run.</param>
/// <param name="Loss">The training loss of each epoch, before its update.</param>
/// <param name="Epochs">Epochs run to their end.</param>
/// <param name="ReachedAt">The first epoch, counted from 0, at the target; <see langword="null"/> if none was.</param>
/// <param name="DivergedAt">The epoch, counted from 0, at which it diverged; <see langword="null"/> if it did not.</param>
/// <param name="TestRight">Test rows predicted right at the end.</param>
/// <param name="TestRows">Test rows.</param>
/// <param name="Seconds">Time spent training.</param>
public sealed record RunResult(
    RunSpec Spec, IReadOnlyList<double> Loss, int Epochs, int? ReachedAt, int? DivergedAt, int TestRight, int TestRows, double Seconds)
{
    /// <summary>The loss of the last epoch; <see langword="null"/> if the run diverged.</summary>
    public double? FinalLoss => DivergedAt is null && Loss.Count > 0 ? Loss[^1] : null;

    /// <summary>Epochs needed to reach the target, counted from 1; <see langword="null"/> if it was not reached.</summary>
    public int? EpochsToTarget => ReachedAt + 1;

    /// <summary>Equal in all but the time it took.</summary>
    /// <param name="other">The other result.</param>
    public bool Equals(RunResult? other) => other is not null
        && (Spec, Epochs, ReachedAt, DivergedAt, TestRight, TestRows) == (other.Spec, other.Epochs, other.ReachedAt, other.DivergedAt, other.TestRight, other.TestRows)
        && Loss.SequenceEqual(other.Loss);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Spec, Epochs, ReachedAt, DivergedAt, TestRight, TestRows);
}

/// <summary>What a race gave.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Task">The task as it was run.</param>
/// <param name="Target">The target; <see langword="null"/> if the pace setter diverged or did not finish.</param>
/// <param name="Runs">The finished runs in the plan's order.</param>
/// <param name="IsComplete">Whether all planned runs are there.</param>
public sealed record RaceResult(RacePlan Plan, PreparedRace Task, Target? Target, ValueList<RunResult> Runs, bool IsComplete)
{
    /// <summary>The runs that raced to the target: all but those of a fixed length, which may end before it.</summary>
    public IEnumerable<RunResult> RacingRuns => Runs.Where(run => run.Spec.StopsAtTarget || run.Spec == Plan.Runs[0]);

    /// <summary>The best racing run of each contender, in the plan's order: the fewest epochs to the target, else the lowest last loss.</summary>
    public IReadOnlyList<RunResult> BestRuns =>
    [
        .. RacingRuns.GroupBy(run => run.Spec.Contender).Select(runs => runs
            .OrderBy(run => run.EpochsToTarget ?? int.MaxValue).ThenBy(run => run.FinalLoss ?? double.PositiveInfinity).First()),
    ];
}
