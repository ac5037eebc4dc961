using System.Numerics;

namespace Steepest.Testing;

/// <summary>A small network on iris; its sizes fill no lane, so that every segment is padded.</summary>
internal static class SmallTraining
{
    private static readonly Dataset Rows = Datasets.Iris().ScaleRows(Norm.L2);

    private static readonly NetworkSpec Spec = NetworkSpec.Mlp(4, [5, 7], 3, Activation.Tanh);

    /// <summary>Steps an epoch: one where the optimizer must see all rows.</summary>
    public static int StepsPerEpoch(Optimizer optimizer) => optimizer.NeedsAllRows ? 1 : 5;

    public static Network<T> Network<T>(ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Spec.Build<T>(seed);

    public static Trainer<T> Trainer<T>(Network<T> network, Optimizer optimizer, int epochs, params ITrainingObserver<T>[] observers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(network, Rows, new TrainingSpec(optimizer, epochs, optimizer.NeedsAllRows ? null : 30), observers);

    /// <summary>The parameters after some epochs.</summary>
    public static T[] Trained<T>(Optimizer optimizer, int epochs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network<T>();
        var history = Trainer(network, optimizer, epochs).Run();
        if (history.Outcome == TrainingOutcome.Diverged)
            throw new SteepestException($"with the learning rate {optimizer.LearningRate} a small network diverges within {Text.Count(epochs, "epoch")}; give one that trains it");
        return network.Parameters.Values.ToArray();
    }
}
