#:project ../src/Steepest/Steepest.csproj
#:property PublishAot=false

// Data of one's own: from arrays, from a source that need not fit into memory, and new rows to predict.
using Steepest;

// Rows × features, and the class of each row, counted from 0: is a point inside the circle?
var chance = new Steepest.Numerics.Pcg64(seed: 1);
var (features, labels) = (new double[1000, 2], new int[1000]);
for (var row = 0; row < labels.Length; row++)
{
    (features[row, 0], features[row, 1]) = (chance.Uniform(-1, 1), chance.Uniform(-1, 1));
    labels[row] = double.Hypot(features[row, 0], features[row, 1]) < 0.7 ? 1 : 0;
}

var (train, test) = Dataset.FromRows("circle", features, labels).Split(test: 0.3, seed: 1);
var network = NetworkSpec.Mlp(inputs: 2, hidden: [16], outputs: 2, Activation.Tanh).Build<float>(seed: 1);
network.Fit(train, new Adam(0.01), epochs: 60, batchSize: 32);
Console.WriteLine($"{test}; accuracy {network.Evaluate(test).Accuracy:P0}");

var rows = Dataset.FromRows("new", new double[,] { { 0.1, 0.2 }, { 0.9, -0.8 } });
Console.WriteLine($"classes {string.Join(", ", network.Predict(rows))}, probability of 1: {network.PredictProbabilities(rows)[0, 1]:F2}, {network.PredictProbabilities(rows)[1, 1]:F2}");

// The same task, its rows made as they are read: an epoch of any length takes the memory of one batch and the shuffle buffer.
var streamed = NetworkSpec.Mlp(inputs: 2, hidden: [16], outputs: 2, Activation.Tanh).Build<float>(seed: 1);
streamed.Fit(new Circle(), new TrainingSpec(new Adam(0.01), Epochs: 2, BatchSize: 32) { ShuffleRows = 1000 }, validation: test);
Console.WriteLine($"streamed: accuracy {streamed.Evaluate(test).Accuracy:P0}");

internal sealed class Circle : RowSource
{
    public override string Name => "circle";
    public override int FeatureCount => 2;
    public override int Classes => 2;
    public override int TargetCount => 0;
    public override long Rows => 50_000;
    public override RowReader Open() => new Reader();   // every pass gives the same rows in the same order

    private sealed class Reader : RowReader
    {
        private readonly Steepest.Numerics.Pcg64 chance = new(seed: 2);
        private long read;

        public override bool Read(Row row)
        {
            if (read++ == 50_000) return false;
            (row.Features[0], row.Features[1]) = (chance.Uniform(-1, 1), chance.Uniform(-1, 1));
            row.Label = double.Hypot(row.Features[0], row.Features[1]) < 0.7 ? 1 : 0;
            return true;
        }
    }
}
