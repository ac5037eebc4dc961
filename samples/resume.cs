#:project ../src/Steepest/Steepest.csproj
#:property PublishAot=false

// Trains on digits and may be interrupted: stop it with Ctrl-C, run it again, and it goes on where it was, bit for bit.
using Steepest;

var path = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "steepest-resume-sample.checkpoint");
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;   // the run ends before its next step, and its keeper writes a checkpoint
    stop.Cancel();
};

try
{
    var (train, validation) = Datasets.Digits().ScaleRows(Norm.Max).Split(test: 0.2, seed: 1, stratify: true);
    var network = new NetworkSpec(64,
    [
        new Dense(128, Activation.Relu), new Dropout(0.3),
        new Dense(128, Activation.Relu), new Dropout(0.3),
        new Dense(10, Activation.Identity),
    ]).Build<float>(seed: 1);

    var run = new TrainingSpec(new Adam(LearningRate: 0.001), Epochs: 40, BatchSize: 16, Seed: 1);
    var keeper = new CheckpointKeeper<float>(path, everyEpochs: 10);   // and when it is cancelled
    var progress = new ProgressReporter<float>(Console.WriteLine);
    var trainer = new Trainer<float>(network, train, validation, run, keeper, progress);
    if (File.Exists(path)) trainer.Resume(path);

    var history = trainer.Run(stop.Token);
    if (history.Outcome == TrainingOutcome.Cancelled)
    {
        Console.WriteLine($"interrupted in epoch {history.Epochs + 1}; run it again to go on");
        return 130;
    }

    File.Delete(path);
    Console.WriteLine($"{history.Outcome}: validation loss {history.ValidationLoss[^1]:R}");
    return 0;
}
catch (SteepestException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
