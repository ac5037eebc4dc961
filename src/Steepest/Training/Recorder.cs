using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What an optimizer did to one parameter in the last step of one epoch.</summary>
/// <param name="Epoch">The epoch, counted from 0.</param>
/// <param name="Step">The step within the run, counted from 1: the t of bias correction.</param>
/// <param name="Parameter">The parameter after the step.</param>
/// <param name="Gradient">Its gradient.</param>
/// <param name="FirstMoment">The first moment after the step; NaN where the optimizer keeps none.</param>
/// <param name="SecondMoment">The second moment after the step; NaN where the optimizer keeps none.</param>
/// <param name="CorrectedFirstMoment">The first moment times its bias correction.</param>
/// <param name="CorrectedSecondMoment">The second moment times its bias correction.</param>
/// <param name="EffectiveStep">By how much the step changed the parameter.</param>
public readonly record struct ParameterRecord(
    int Epoch,
    long Step,
    double Parameter,
    double Gradient,
    double FirstMoment,
    double SecondMoment,
    double CorrectedFirstMoment,
    double CorrectedSecondMoment,
    double EffectiveStep);

/// <summary>Choices of epochs to record.</summary>
public static class Recorder
{
    /// <summary>Epochs from 0 to the last of a run, about evenly spaced by ratio: all of the first, ever fewer later.</summary>
    /// <param name="runEpochs">Epochs of the run; at least 1.</param>
    /// <param name="count">How many to choose at most; at least 2.</param>
    public static IReadOnlyList<int> LogSpaced(int runEpochs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return [.. Enumerable.Range(0, count).Select(i => (int)Math.Round(NearestExpLog.Exp(NearestExpLog.Log(runEpochs) * i / (count - 1))) - 1).Distinct()];
    }
}

/// <summary>
/// An observer that keeps what happened to chosen parameters at chosen epochs. Its memory is bounded by that choice, parameters × epochs × 72
/// bytes, and allocated when it is made.
/// </summary>
/// <typeparam name="T">The network's precision.</typeparam>
public sealed class Recorder<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterLayout layout;
    private readonly int[] places;
    private readonly int[] epochs;
    private readonly ParameterRecord[][] records;
    private readonly double[] before;
    private int skipped;
    private int kept;

    /// <summary>Chooses what to keep.</summary>
    /// <param name="layout">The layout of the network's parameters.</param>
    /// <param name="parameters">Which parameters: a segment's name and a place in it, row-major, counted from 0.</param>
    /// <param name="epochs">Which epochs, counted from 0, in any order.</param>
    /// <exception cref="SteepestException">A segment does not exist, a place lies outside it, or an epoch is negative.</exception>
    public Recorder(ParameterLayout layout, IReadOnlyList<(string Segment, int Place)> parameters, IEnumerable<int> epochs)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(epochs);
        this.layout = layout;
        places = [.. parameters.Select(p => PlaceOf(layout, p.Segment, p.Place))];
        this.epochs = [.. epochs.Distinct().Order()];
        if (this.epochs is [< 0, ..]) throw new SteepestException($"The recorder is to keep epoch {Text.Of(this.epochs[0])}, but epochs count from 0.");
        records = [.. places.Select(_ => new ParameterRecord[this.epochs.Length])];
        before = new double[places.Length];
    }

    /// <summary>What was kept of one parameter, by epoch; of a run that was resumed, from there on.</summary>
    /// <param name="parameter">Its place in the list given at the start.</param>
    public ReadOnlySpan<ParameterRecord> this[int parameter] => records[parameter].AsSpan(skipped, kept - skipped);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network's parameters are laid out otherwise: another network, or another precision.</exception>
    void ITrainingObserver<T>.OnStart(TrainingState<T> state)
    {
        state.Stepper.Parameters.RequireLayout(layout, "network that the recorder looks at");
        skipped = kept = epochs.Count(epoch => epoch < state.Epoch);
        Remember(state);
    }

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnStep(TrainingState<T> state)
    {
        // Each step overwrites the record of its epoch, so that the last one stays.
        if (kept < epochs.Length && state.Epoch == epochs[kept])
        {
            for (var p = 0; p < places.Length; p++) records[p][kept] = Read(state, p);
        }

        Remember(state);
    }

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnEpoch(TrainingState<T> state)
    {
        if (kept < epochs.Length && state.Epoch == epochs[kept]) kept++;
    }

    private static int PlaceOf(ParameterLayout layout, string name, int place)
    {
        var segment = layout.Find(name);
        return place >= 0 && place < segment.Length
            ? segment.Offset + place
            : throw new SteepestException($"The recorder is to keep place {Text.Of(place)} of {name}, which has the places 0 to {Text.Of(segment.Length - 1)}.");
    }

    private void Remember(TrainingState<T> state)
    {
        var values = state.Stepper.Parameters.Values;
        for (var p = 0; p < places.Length; p++) before[p] = double.CreateChecked(values[places[p]]);
    }

    private ParameterRecord Read(TrainingState<T> state, int p)
    {
        var place = places[p];
        var step = state.Stepper.StepCount;
        var first = state.Stepper.StateAt(StateBlock.FirstMoment, place);
        var second = state.Stepper.StateAt(StateBlock.SecondMoment, place);
        var correction = (state.Stepper.OptimizerAt(place) ?? state.Spec.Optimizer).BiasCorrection(step);
        var after = double.CreateChecked(state.Stepper.Parameters.Values[place]);
        var gradient = double.CreateChecked(state.Context.Gradient.Values[place]);
        return new(
            state.Epoch, step, after, gradient, first, second, first * correction.First, second * correction.Second, after - before[p]);
    }
}
