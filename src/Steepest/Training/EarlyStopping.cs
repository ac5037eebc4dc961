using System.Numerics;

namespace Steepest;

/// <summary>Ends a run that no longer gets better on the validation rows, and leaves the network at its best.</summary>
/// <remarks>The best epoch's parameters and running statistics are kept (as much memory as the network has) and put back however the run ends: stopped, run
/// to its end, cancelled or diverged.</remarks>
/// <param name="Patience">Epochs without a new best after which the run ends; at least 1.</param>
/// <param name="MinChange">By how much a value must be better than the best so far to be a new best; not negative.</param>
/// <param name="Monitor">What is watched, on the validation rows; <see langword="null"/> watches the validation loss.</param>
/// <param name="RestoreBest">Whether the network is left as it was after the best epoch, rather than after the last.</param>
/// <exception cref="SteepestException">A number lies outside its range.</exception>
public sealed record EarlyStopping(int Patience = 10, double MinChange = 0, Metric? Monitor = null, bool RestoreBest = true)
{
    /// <summary>Epochs without a new best after which the run ends.</summary>
    public int Patience { get; init => field = Checked(value); } = Checked(Patience);

    /// <summary>By how much a value must be better than the best so far.</summary>
    public double MinChange { get; init => field = Checked(value); } = Checked(MinChange);

    /// <summary>As in patience 10, watching the validation loss.</summary>
    public override string ToString() =>
        $"patience {Text.Of(Patience)}, least change {Text.Of(MinChange)}, watching {Monitor?.ToString() ?? "the validation loss"}{(RestoreBest ? "" : ", keeping the last")}";

    private static int Checked(int patience) => patience >= 1
        ? patience
        : throw new SteepestException($"The patience of early stopping is {Text.Of(patience)} epochs, but it needs at least 1.");

    private static double Checked(double change) => change >= 0 && double.IsFinite(change)
        ? change
        : throw new SteepestException($"The least change of early stopping is {Text.Of(change)}, but it must be finite and not negative.");
}

/// <summary>The best epoch so far, and the network as it was then.</summary>
internal sealed class BestEpoch<T>(EarlyStopping spec, Network<T> network)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The epoch, counted from 0; −1 before there is one.</summary>
    public int Epoch { get; set; } = -1;

    public double Value { get; set; } = double.NaN;

    /// <summary>The network as it was then: parameters and running statistics; nothing where they are not to be restored.</summary>
    public (Parameters<T> Parameters, Parameters<T> Buffers)? Kept { get; } =
        spec.RestoreBest ? (new(network.Parameters.Layout), new(network.Buffers.Layout)) : null;

    /// <summary>Looks at an epoch's value; keeps the network if it is the best so far.</summary>
    /// <returns>Whether the patience is at its end.</returns>
    public bool Look(int epoch, double value, Parameters<T> evaluated)
    {
        var gain = spec.Monitor is { HigherIsBetter: true } ? value - Value : Value - value;
        if ((Epoch < 0 && !double.IsNaN(value)) || gain > spec.MinChange)
        {
            (Epoch, Value) = (epoch, value);
            Kept?.Parameters.CopyFrom(evaluated);
            Kept?.Buffers.CopyFrom(network.Buffers);
        }

        return PatienceIsOver(epoch);
    }

    /// <summary>Whether there was nothing better for too long, as known after an epoch.</summary>
    public bool PatienceIsOver(int epoch) => epoch - Epoch >= spec.Patience;

    public void Restore()
    {
        if (Epoch < 0 || Kept is not { } best) return;
        network.Parameters.CopyFrom(best.Parameters);
        network.Buffers.CopyFrom(best.Buffers);
    }
}
