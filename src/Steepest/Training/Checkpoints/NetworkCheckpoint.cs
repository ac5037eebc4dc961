using System.Numerics;

namespace Steepest;

/// <summary>A network's parameters and running statistics in a file.</summary>
public static class NetworkCheckpoint
{
    private const string Network = "network", Precision = "precision", Parameters = "parameters", Evaluated = "parameters to evaluate", Buffers = "buffers";

    /// <summary>Keeps parameters and running statistics in a file, which is replaced only once the new one is complete.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    /// <exception cref="SteepestException">The file cannot be written.</exception>
    public static void Save<T>(this Network<T> network, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        using var file = CheckpointWriter.Create(path);
        Write(file, network, network.Parameters);
        file.Complete();
    }

    /// <summary>Takes over parameters and running statistics from a file: those of <see cref="Save"/>, or of a training what it would leave if it ended there,
    /// which with early stopping is the best epoch's.</summary>
    /// <param name="network">A network of the same description and precision.</param>
    /// <param name="path">The file.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    /// <exception cref="SteepestException">The file is missing, truncated, altered, of a newer version, or of another network; the network is then as it was.</exception>
    public static void Load<T>(this Network<T> network, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        using var file = CheckpointReader.Open(path);
        RequireFit(file, path, network);
        var hasBest = TrainingCheckpoint.HasBest(file);
        var parameters = TrainingCheckpoint.Read(
            file, hasBest ? TrainingCheckpoint.BestParameters : file.Has(Evaluated) ? Evaluated : Parameters, network.Parameters);
        var buffers = hasBest ? TrainingCheckpoint.Read(file, TrainingCheckpoint.BestBuffers, network.Buffers) : ReadBuffers(file, network);
        parameters.CopyTo(network.Parameters.Values);
        buffers.CopyTo(network.Buffers.Values);
    }

    internal static void Write<T>(CheckpointWriter file, Network<T> network, Parameters<T> evaluated)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        file.Add(Network, network.Spec.Describe().ToString());
        file.Add(Precision, Text.PrecisionOf<T>());
        file.Add<T>(Parameters, network.Parameters.Values);
        if (evaluated != network.Parameters) file.Add<T>(Evaluated, evaluated.Values);
        file.Add<T>(Buffers, network.Buffers.Values);
    }

    internal static void RequireFit<T>(CheckpointReader file, string path, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingCheckpoint.Require(file.Text(Network), network.Spec.Describe(), path, "of another network");
        var (found, expected) = (file.Text(Precision), Text.PrecisionOf<T>());
        if (found != expected) throw new SteepestException($"The checkpoint '{path}' is of a network in {found}, expected {expected}.");
    }

    internal static T[] ReadParameters<T>(CheckpointReader file, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TrainingCheckpoint.Read(file, Parameters, network.Parameters);

    internal static T[] ReadBuffers<T>(CheckpointReader file, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TrainingCheckpoint.Read(file, Buffers, network.Buffers);
}
