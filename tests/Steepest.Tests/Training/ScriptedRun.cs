namespace Steepest.Tests.Training;

/// <summary>A run of one step an epoch that puts its only weight where a script says, so that its validation loss is known: the square of the scripted
/// distance to the best weight, and R² is 1 less that.</summary>
internal sealed class ScriptedRun(params double[] distances) : ITrainingObserver<double>
{
    private static readonly Dataset Rows = Dataset.Regression("rows", [1, -1], ["x"], [1, -1], ["y"]);

    public Network<double> Network { get; } = NetworkSpec.Mlp(1, [], 1, Activation.Identity, bias: false).Build<double>(seed: 1);

    /// <summary>How far the weight is from the best.</summary>
    public double Distance => Network.Parameters["layer1.weight"][0] - 1;

    public History Run(EarlyStopping? stopping, CancellationToken cancellation = default, params ITrainingObserver<double>[] observers) =>
        new Trainer<double>(Network, Rows, Rows, new(new GradientDescent(1e-9), distances.Length) { EarlyStopping = stopping }, [this, .. observers]).Run(cancellation);

    public void OnStep(TrainingState<double> state) => state.Network.Parameters["layer1.weight"][0] = 1 + distances[state.Epoch];
}
