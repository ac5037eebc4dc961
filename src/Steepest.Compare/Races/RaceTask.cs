using Steepest.Compare.Reports;

namespace Steepest.Compare;

/// <summary>What contenders race on: data, split, network and batch size. With a contender and a budget it decides a run to the last bit.</summary>
/// <param name="Data">The name of a bundled data set.</param>
/// <param name="Hidden">Units of each hidden layer; may be empty.</param>
public sealed record RaceTask(string Data, ValueList<int> Hidden)
{
    private const long MostNumbers = 100_000_000;

    /// <summary>How features are scaled.</summary>
    public Scaling Scaling { get; init; } = Scaling.Standard;

    /// <summary>The share of rows kept apart for the test, between 0 and 1.</summary>
    public double TestShare { get; init; } = 0.33;

    /// <summary>Decides the split, the initial parameters and the order of rows, each as NumPy and scikit-learn take it.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>The hidden layers' activation.</summary>
    public Activation Activation { get; init; } = Activation.LeakyRelu();

    /// <summary>Where parameters start; <see langword="null"/> leaves it to the layers.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>Whether layers have biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Rows a step; <see langword="null"/> for all.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The precision of parameters and arithmetic.</summary>
    public Precision Precision { get; init; }

    /// <summary>The article's task: iris, rows of length 1, test share 0.33, a network 4-10-3, all parameters uniform on [0, 1).</summary>
    public static RaceTask Article { get; } = new("iris", [10])
    {
        Scaling = Scaling.RowsToLengthOne,
        Initializer = Initializer.Uniform(0, 1),
    };

    /// <summary>Whether this is the article's task, with biases or without, in either precision: its own switches.</summary>
    public bool IsArticle => this with { Bias = true, Precision = Precision.Double } == Article;

    /// <summary>Loads, splits and scales the data, and describes the network for it.</summary>
    /// <exception cref="SteepestException">The data is unknown, a layer is empty, or the split leaves a class without rows.</exception>
    public PreparedRace Prepare()
    {
        var data = TaskData.Find(Data).Load();
        var network = NetworkSpec.Mlp(data.FeatureCount, [.. Hidden], data.Classes, Activation, Initializer, Bias);
        CheckSize(network, data.Rows);
        if (Scaling == Scaling.RowsToLengthOne) data = data.ScaleRows(Norm.L2);
        var (train, test) = data.Split(TestShare, Seed);
        if (Scaling == Scaling.Standard)
        {
            var scaler = Scaler.Standard(train);
            (train, test) = (scaler.Apply(train), scaler.Apply(test));
        }

        return new PreparedRace(this, network, train, test);
    }

    // The weights of a layer, and its values for a batch, each lie in one array.
    private static void CheckSize(NetworkSpec network, int rows)
    {
        var inputs = network.Inputs;
        foreach (var layer in network.Layers)
        {
            var outputs = layer.OutputsFor(inputs);
            var numbers = Math.Max(inputs + 1L, rows) * outputs;
            if (numbers > MostNumbers)
            {
                throw new SteepestException(
                    $"The network {network} needs room for {Words.Count(numbers)} numbers in one layer, but at most {Words.Count(MostNumbers)} were expected.");
            }

            inputs = outputs;
        }
    }
}

/// <summary>A task ready to train on.</summary>
/// <param name="Spec">Its description.</param>
/// <param name="Network">The network's description.</param>
/// <param name="Train">Training rows, scaled.</param>
/// <param name="Test">Test rows, scaled by what the training rows say.</param>
public sealed record PreparedRace(RaceTask Spec, NetworkSpec Network, Dataset Train, Dataset Test)
{
    /// <summary>All that a prepared task holds follows from its description.</summary>
    /// <param name="other">The other task.</param>
    public bool Equals(PreparedRace? other) => other is not null && Spec == other.Spec;

    /// <inheritdoc/>
    public override int GetHashCode() => Spec.GetHashCode();
}
