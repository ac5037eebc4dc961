using System.Text.Json;

namespace Steepest.Tests.Training;

/// <summary>One set-up of the reference's end results: its data split, its network and how it trained, with the numbers that came out over 20 seeds.</summary>
internal sealed class ReferenceTraining
{
    private const int Seeds = 20;

    private readonly JsonElement block;
    private readonly bool isTorch;

    private ReferenceTraining(JsonElement set, JsonElement block, bool isTorch)
    {
        this.block = block;
        this.isTorch = isTorch;
        Set = set;
        var data = DataOf(set);
        var train = data.Take(set.GetProperty("train_index").Integers());
        var scaler = Scaler.Standard(train);
        (Train, Test) = (scaler.Apply(train), scaler.Apply(data.Take(set.GetProperty("test_index").Integers())));
    }

    public static IReadOnlyList<JsonElement> Sets { get; } = [.. Golden.Load("training").GetProperty("datasets").EnumerateArray()];

    public JsonElement Set { get; }

    public Dataset Train { get; }

    public Dataset Test { get; }

    public static ReferenceTraining Find(string set, string reference, string optimizer)
    {
        var found = Sets.Single(s => s.GetProperty("dataset").GetString() == set);
        var byTorch = reference == "torch";
        return new(found, found.GetProperty(reference).EnumerateArray().Single(b => b.GetProperty(byTorch ? "optimizer" : "solver").GetString() == optimizer), byTorch);
    }

    public static Dataset DataOf(JsonElement set) => set.GetProperty("dataset").GetString() switch
    {
        "iris" => Datasets.Iris(),
        "wine" => Datasets.Wine(),
        "breast_cancer" => Datasets.BreastCancer(),
        "digits" => Datasets.Digits(),
        var other => throw new ArgumentException($"There is no data set {other}.", nameof(set)),
    };

    /// <summary>Mean and standard deviation of a number that the reference measured at the end of each of its runs.</summary>
    public (double Mean, double Sd) Of(string number) =>
        (block.GetProperty(number).GetProperty("mean").Number(), block.GetProperty(number).GetProperty("sd").Number());

    /// <summary>The epochs, counted from 1, at which the mean loss over the seeds is known, and it.</summary>
    public (int Epoch, double Loss)[] LossCurve() =>
        [.. block.GetProperty("loss_curve_epochs").Integers().Zip(block.GetProperty("loss_curve_mean").Vector())];

    /// <summary>Trains one network a seed, several at once.</summary>
    public ReferenceRun[] Run(CancellationToken cancellation)
    {
        var runs = new ReferenceRun[Seeds];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };
        Parallel.For(0, Seeds, options, seed => runs[seed] = Run((ulong)seed, cancellation));
        return runs;
    }

    private ReferenceRun Run(ulong seed, CancellationToken cancellation)
    {
        // scikit-learn gives two classes one output and draws biases like weights; PyTorch's network here has an output for every class.
        var outputs = !isTorch && Train.Classes == 2 ? 1 : Train.Classes;
        var initializer = isTorch ? Initializer.PyTorch : new ScaledUniform("scikit-learn", 6, CountOutputs: true, DrawBiases: true);
        var network = NetworkSpec.Mlp(Train.FeatureCount, block.GetProperty("hidden").Integers(), outputs, Activation.Find(block.GetProperty("activation").GetString()!), initializer)
            .Build<float>(seed);
        var batchSize = block.GetProperty("batch_size").GetInt32();
        var spec = new TrainingSpec(Optimizer(), block.GetProperty(isTorch ? "epochs" : "max_iter").GetInt32(), batchSize, seed)
        {
            Penalty = isTorch ? null : new Penalty(L2: block.GetProperty("alpha").Number() / batchSize),
        };
        ITrainingObserver<float>[] observers = isTorch ? [] : [new NoLongerImproving()];
        var history = new Trainer<float>(network, Train, spec, observers).Run(cancellation);
        return new(network.Evaluate(Test).Accuracy, network.Evaluate(Train).Accuracy, history);
    }

    private Optimizer Optimizer() => block.GetProperty(isTorch ? "optimizer" : "solver").GetString() switch
    {
        "Adam lr=0.001" or "adam" => new Adam(0.001),
        "SGD nesterov momentum=0.9 lr=0.05" => new Sgd(0.05, Momentum: 0.9, Nesterov: true),
        "sgd" => new Sgd(
            block.GetProperty("extra").GetProperty("learning_rate_init").Number(),
            block.GetProperty("extra").GetProperty("momentum").Number(),
            Nesterov: block.GetProperty("extra").GetProperty("nesterovs_momentum").GetBoolean()),
        var other => throw new InvalidOperationException($"The reference's optimizer {other} is not known here."),
    };

    /// <summary>scikit-learn's stopping rule by default: more than ten epochs in a row that did not better the best training loss by 1e-4.</summary>
    private sealed class NoLongerImproving : ITrainingObserver<float>
    {
        private double best = double.PositiveInfinity;
        private int inVain;

        public void OnEpoch(TrainingState<float> state)
        {
            inVain = state.Loss > best - 1e-4 ? inVain + 1 : 0;
            best = Math.Min(best, state.Loss);
            if (inVain > 10)
                state.RequestStop();
        }
    }
}

/// <summary>What one seed's run came to.</summary>
internal sealed record ReferenceRun(double TestAccuracy, double TrainAccuracy, History History);
