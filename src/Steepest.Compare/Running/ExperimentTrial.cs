namespace Steepest.Compare.Running;

/// <summary>A trial with its place in an experiment.</summary>
/// <param name="Task">The task.</param>
/// <param name="Contender">The contender.</param>
/// <param name="Repeat">The repeat, from 0.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Number">The try, or which of the fresh starts, from 0.</param>
/// <param name="Setting">The setting in words, such as 0.0316; empty where nothing is tuned.</param>
/// <param name="Spec">What was run.</param>
/// <param name="Result">What it gave.</param>
/// <param name="IsRemembered">Whether it came from the store.</param>
public sealed record ExperimentTrial(
    TaskSpec Task, ExperimentContender Contender, int Repeat, TrialPurpose Purpose, int Number, string Setting, TrialSpec Spec, TrialResult Result, bool IsRemembered);

/// <summary>How far an experiment is.</summary>
/// <param name="Done">Trials that are there, remembered ones too.</param>
/// <param name="Planned">Trials in all.</param>
/// <param name="Computed">Trials that this run computed.</param>
/// <param name="Left">The time left at the speed so far; <see langword="null"/> before anything is known.</param>
public readonly record struct ExperimentProgress(int Done, int Planned, int Computed, TimeSpan? Left);

/// <summary>Who looks on while an experiment runs; called from any of its threads, one at a time.</summary>
public interface IExperimentObserver
{
    /// <summary>A trial is there.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="progress">How far the experiment is.</param>
    void OnTrial(ExperimentTrial trial, ExperimentProgress progress);
}

/// <summary>What an experiment gave.</summary>
/// <param name="Experiment">Its description.</param>
/// <param name="Trials">Its trials: by task, repeat, contender and purpose.</param>
/// <param name="Refusals">Who did not enter which task, and why.</param>
/// <param name="IsComplete">Whether all planned trials are there.</param>
public sealed record ExperimentResult(Experiment Experiment, ValueList<ExperimentTrial> Trials, ValueList<ExperimentRefusal> Refusals, bool IsComplete);

/// <summary>A contender that cannot enter a task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record ExperimentRefusal(string Task, string Contender, string Reason);
