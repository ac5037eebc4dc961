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
    /// <param name="seed">Decides the order of rows in mini-batches, and what dropout drops.</param>
    /// <param name="validation">Rows to look at after each epoch; <see langword="null"/> for none.</param>
    /// <param name="earlyStopping">When to stop for want of progress on the validation rows; <see langword="null"/> for never.</param>
    /// <param name="cancellation">Ends the run before its next step.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    /// <returns>The losses and how the run ended.</returns>
    /// <exception cref="SteepestException">There are no epochs, a batch has no rows or more than there are, the data does not fit the network, or early
    /// stopping has no validation rows.</exception>
    public static History Fit<T>(
        this Network<T> network,
        Dataset data,
        Optimizer optimizer,
        int epochs,
        int? batchSize = null,
        ulong seed = 0,
        Dataset? validation = null,
        EarlyStopping? earlyStopping = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        network.Fit(data, new TrainingSpec(optimizer, epochs, batchSize, seed) { EarlyStopping = earlyStopping }, validation, cancellation);

    /// <summary>Trains a network on all rows of a dataset, from where its parameters stand.</summary>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="spec">What to do.</param>
    /// <param name="validation">Rows to look at after each epoch; <see langword="null"/> for none.</param>
    /// <param name="cancellation">Ends the run before its next step.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    /// <returns>The losses and how the run ended.</returns>
    /// <exception cref="SteepestException">The description does not fit the data or the network; see <see cref="Trainer{T}"/>.</exception>
    public static History Fit<T>(
        this Network<T> network, Dataset data, TrainingSpec spec, Dataset? validation = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Trainer<T>(network, data, validation, spec).Run(cancellation);

    /// <summary>Trains a network on data that is read row by row and need not fit into memory, from where its parameters stand.</summary>
    /// <param name="network">The network; its parameters change.</param>
    /// <param name="data">Where the training rows come from.</param>
    /// <param name="spec">What to do; it must give a batch size.</param>
    /// <param name="validation">Rows to look at after each epoch; <see langword="null"/> for none.</param>
    /// <param name="cancellation">Ends the run before its next step.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    /// <returns>The losses and how the run ended.</returns>
    /// <exception cref="SteepestException">The description does not fit the data or the network, or a row cannot be used; see <see cref="Trainer{T}"/>.</exception>
    public static History Fit<T>(
        this Network<T> network, RowSource data, TrainingSpec spec, Dataset? validation = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Trainer<T>(network, data, validation, spec).Run(cancellation);
}
