using System.Numerics;

namespace Steepest.Testing;

/// <summary>A run that was interrupted and goes on from its checkpoint ends as one that was not.</summary>
internal sealed class ExactResume : Clause
{
    private const int Epochs = 4;

    public override string Name => "it goes on from a checkpoint as if it had not been interrupted";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var folder = Directory.CreateTempSubdirectory("steepest-contract-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.checkpoint");
            return Check<double>(optimizer, path) ?? Check<float>(optimizer, path) ?? Kept;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ClauseResult? Check<T>(Optimizer optimizer, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var expected = SmallTraining.Trained<T>(optimizer, Epochs);
        var steps = Epochs * SmallTraining.StepsPerEpoch(optimizer);
        for (var step = 1; step < steps; step++)
        {
            using var stop = new CancellationTokenSource();
            SmallTraining.Trainer(SmallTraining.Network<T>(), optimizer, Epochs, new CheckpointKeeper<T>(path, everyEpochs: null), new StopsAfter<T>(step, stop)).Run(stop.Token);
            var network = SmallTraining.Network<T>(seed: 2);
            var resumed = SmallTraining.Trainer(network, optimizer, Epochs);
            resumed.Resume(path);
            resumed.Run();
            if (Bits.Difference<T>(expected, network.Parameters.Values, $"interrupted after step {Text.Of(step)} of {Text.Of(steps)} the parameters at the end differ") is { } difference)
                return Broken($"{difference}; what a later step needs must be in State or Scalars");
        }

        return null;
    }

    private sealed class StopsAfter<T>(int step, CancellationTokenSource stop) : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void OnStep(TrainingState<T> state)
        {
            if (state.Stepper.StepCount == step) stop.Cancel();
        }
    }
}
