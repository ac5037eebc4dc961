using System.Globalization;
using System.Numerics;

namespace Steepest;

/// <summary>How far a training run is.</summary>
/// <param name="Epoch">The epoch that runs or has just ended, counted from 1.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps that the run will take if nothing stops it.</param>
/// <param name="Loss">The loss of the last step.</param>
/// <param name="ValidationLoss">The loss on the validation rows after the last whole epoch; NaN if there is none.</param>
/// <param name="Elapsed">Time since the run began.</param>
/// <param name="Left">Time to its end at the mean speed so far.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, long Step, long Steps, double Loss, double ValidationLoss, TimeSpan Elapsed, TimeSpan Left)
{
    /// <summary>As in epoch 3 of 15, loss 0.4312, validation 0.4507, 12 s left.</summary>
    public override string ToString()
    {
        var validation = double.IsNaN(ValidationLoss) ? "" : string.Create(CultureInfo.InvariantCulture, $", validation {ValidationLoss:F4}");
        // A custom format's hours begin anew each day.
        var left = Left.TotalSeconds < 100
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(Left.TotalSeconds)} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Left.TotalHours)}:{Left:mm\\:ss}");
        return string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch} of {Epochs}, loss {Loss:F4}{validation}, {left} left");
    }
}

/// <summary>An observer that tells how far a run is and how long it will still take, at the end of every epoch and in between at most so often.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
/// <param name="report">Who is told, on the training thread.</param>
/// <param name="every">How much time lies between two reports within an epoch at least; <see langword="null"/> reports at the ends of epochs alone.</param>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class ProgressReporter<T>(Action<TrainingProgress> report, TimeSpan? every = null, TimeProvider? time = null) : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private long started, reported, stepsBefore;

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnStart(TrainingState<T> state)
    {
        started = reported = clock.GetTimestamp();
        stepsBefore = state.Stepper.StepCount;
    }

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnStep(TrainingState<T> state)
    {
        if (every is { } interval && clock.GetElapsedTime(reported) >= interval) Report(state, state.Context.Loss);
    }

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnEpoch(TrainingState<T> state) => Report(state, state.Loss);

    private void Report(TrainingState<T> state, double loss)
    {
        reported = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(started);
        var (step, steps) = (state.Stepper.StepCount, state.Context.TotalSteps);

        // A resumed run says nothing of the speed of what was done before.
        var left = elapsed.Ticks * (Math.Max(0, steps - step) / (double)Math.Max(1, step - stepsBefore));
        report(new(state.Epoch + 1, state.Spec.Epochs, step, steps, loss, state.ValidationLoss, elapsed, InTicks(left)));
    }

    // A run without an end in sight may be told to take longer than a time span can be.
    private static TimeSpan InTicks(double ticks) => ticks < long.MaxValue ? TimeSpan.FromTicks((long)Math.Round(ticks)) : TimeSpan.MaxValue;
}
