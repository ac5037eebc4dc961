namespace Steepest.Tests.Training;

/// <summary>An observer that does something at every step.</summary>
internal sealed class AtStep(Action<TrainingState<double>> what) : ITrainingObserver<double>
{
    public void OnStep(TrainingState<double> state) => what(state);
}

/// <summary>An observer that does something at the end of every epoch.</summary>
internal sealed class AtEpoch(Action<TrainingState<double>> what) : ITrainingObserver<double>
{
    public void OnEpoch(TrainingState<double> state) => what(state);
}

/// <summary>An observer that keeps what the network was after each epoch, and at the end of the run.</summary>
internal sealed class Snapshots : ITrainingObserver<double>
{
    public List<double[]> Epochs { get; } = [];

    public List<(TrainingOutcome Outcome, double[] Network)> Ends { get; } = [];

    /// <summary>All numbers of a network: parameters, then running statistics.</summary>
    public static double[] Of(Network<double> network) => [.. network.Parameters.Values, .. network.Buffers.Values];

    public void OnEpoch(TrainingState<double> state) => Epochs.Add(Of(state.Network));

    public void OnEnd(TrainingState<double> state, TrainingOutcome outcome) => Ends.Add((outcome, Of(state.Network)));
}
