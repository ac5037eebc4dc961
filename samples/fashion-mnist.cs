#:project ../src/Steepest.Formats/Steepest.Formats.csproj
#:property PublishAot=false

// Tells ten kinds of clothes apart on pictures of 28 × 28 points. The data: apt-get install dataset-fashion-mnist
// dotnet run -c Release samples/fashion-mnist.cs
using Steepest;

var folder = args.Length > 0 ? args[0] : "/usr/share/datasets/fashion-mnist";
string[] kinds = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];
try
{
    var test = Read("t10k");
    var (train, validation) = Read("train").Split(test: 1.0 / 6, seed: 1, stratify: true);   // 10,000 of 60,000 rows to validate on
    var network = NetworkSpec.Mlp(inputs: 784, hidden: [256, 128], outputs: 10, Activation.Relu).Build<float>(seed: 1);

    var run = new TrainingSpec(new Adam(new Falling(From: 0.0015)), Epochs: 15, BatchSize: 128, Seed: 1)
    {
        EarlyStopping = new EarlyStopping(Patience: 5, Monitor: Metric.Accuracy),
    };
    var progress = new ProgressReporter<float>(Console.WriteLine, every: TimeSpan.FromSeconds(1));
    var history = new Trainer<float>(network, train, validation, run, progress).Run();

    Console.WriteLine($"{history.Epochs} epochs, left as it was after epoch {history.BestEpoch + 1}");
    Console.WriteLine($"test accuracy {network.Evaluate(test).Accuracy:P2}");
    return 0;
}
catch (SteepestException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

Dataset Read(string part) => Idx.Read(
    Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"), classNames: kinds);

/// <summary>A learning rate that falls in a straight line to nothing: a schedule of one's own.</summary>
internal sealed record Falling(double From) : Schedule
{
    public override double At(long step, long totalSteps) => From * (1 - ((double)step / totalSteps));
}
