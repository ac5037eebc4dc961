using System.Numerics;

namespace Steepest;

/// <summary>Training in one call.</summary>
public static class NetworkTraining
{
    /// <summary>Trains a network on all rows of a dataset, from where its parameters stand.</summary>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="optimizer">The optimizer, its state at the start.</param>
    /// <param name="epochs">Passes over the rows; at least 1.</param>
    /// <param name="batchSize">Rows a step; <see langword="null"/> for all.</param>
    /// <param name="seed">Decides the order of rows in mini-batches.</param>
    /// <param name="cancellation">Ends the run before its next step.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    /// <returns>The losses and how the run ended.</returns>
    /// <exception cref="SteepestException">There are no epochs, a batch has no rows, or the data does not fit the network.</exception>
    public static History Fit<T>(
        this Network<T> network,
        Dataset data,
        Optimizer optimizer,
        int epochs,
        int? batchSize = null,
        ulong seed = 0,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Trainer<T>(network, data, new TrainingSpec(optimizer, epochs, batchSize, seed)).Run(cancellation);
}
