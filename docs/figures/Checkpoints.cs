using System.Runtime.InteropServices;

namespace Steepest.Figures;

/// <summary>One run without a break, one that is interrupted in the middle of an epoch and resumed, and one that goes on with the parameters alone.</summary>
internal static class Checkpoints
{
    public const string Name = "checkpoints";

    private const int InterruptedAt = 64;

    public static Page Make()
    {
        var path = Path.Combine(Path.GetTempPath(), $"steepest-figures-{Environment.ProcessId}.checkpoint");
        try
        {
            return Make(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Page Make(string path)
    {
        var (train, validation) = Datasets.Digits().ScaleRows(Norm.Max).Split(test: 0.2, seed: 1, stratify: true);
        var description = new NetworkSpec(64,
        [
            new Dense(64, Activation.Identity, Bias: false), new BatchNorm(), new Activate(Activation.Relu), new Dropout(0.3),
            new Dense(10, Activation.Identity),
        ]);
        var spec = new TrainingSpec(new Adam(0.003), Epochs: 15, BatchSize: 128, Seed: 1);

        var unbroken = new StepLosses();
        var whole = description.Build<float>(seed: 1);
        new Trainer<float>(whole, train, validation, spec, unbroken).Run();

        Interrupt(description, train, validation, spec, path);
        var resumed = new StepLosses();
        var broken = Resume(description, train, validation, spec, path, resumed);

        var alone = new StepLosses();
        var restarted = description.Build<float>(seed: 1);
        restarted.Load(path);
        new Trainer<float>(restarted, train, validation, spec with { Seed = 2 }, alone).Run();

        var sameLosses = unbroken.Loss.Skip(InterruptedAt).SequenceEqual(resumed.Loss);
        var sameBits = MemoryMarshal.AsBytes(whole.Parameters.Values).SequenceEqual(MemoryMarshal.AsBytes(broken.Parameters.Values))
            && MemoryMarshal.AsBytes(whole.Buffers.Values).SequenceEqual(MemoryMarshal.AsBytes(broken.Buffers.Values));

        const int From = 40, To = 110;
        var highest = unbroken.Loss[From..To].Concat(alone.Loss[..(To - InterruptedAt)]).Max();
        var steps = (train.Rows / 128) + 1;
        var chart = new Chart(
            sameLosses && sameBits
                ? $"Interrupted at step {InterruptedAt} and resumed, the run takes the same path: the other {resumed.Loss.Count} losses and all parameters are equal to the bit"
                : "THE RESUMED RUN DIFFERS",
            $"digits, network 64-64-10 with batch norm and dropout, Adam, batches of 128; step {InterruptedAt} is step {InterruptedAt % steps} of {steps} in epoch {(InterruptedAt / steps) + 1}",
            $"steps {From} to {To} of {unbroken.Loss.Count}",
            Scale.Of("step", From, To, [40, 50, 60, 70, 80, 90, 100, 110]),
            Scale.Of("training loss of the step", 0, highest * 1.12, [0, 0.2, 0.4, 0.6, 0.8]));
        chart.Rule((InterruptedAt + 0.5, 0), (InterruptedAt + 0.5, highest * 1.12));
        chart.Line(alone.Loss[..(To - InterruptedAt)].Select((loss, step) => (InterruptedAt + step + 1.0, loss)), 2, 2, dashed: true);
        chart.Line(unbroken.Loss[From..To].Select((loss, step) => (From + step + 1.0, loss)), 5, 8, dashed: false, opacity: 0.55);
        chart.Line(resumed.Loss[..(To - InterruptedAt)].Select((loss, step) => (InterruptedAt + step + 1.0, loss)), 0, 2, dashed: false);
        chart.Words("interrupted", (InterruptedAt, highest * 1.09), alignment: ScottPlot.Alignment.MiddleRight, right: -6);
        chart.Words("without a break", (49.3, 0.52), 5);
        chart.Words("resumed from its checkpoint", (79, 0.365), 0);
        chart.Words("parameters alone, Adam anew", (77, 0.51), 2);

        var rest = unbroken.Loss.Skip(InterruptedAt).ToArray();
        var equal = (IReadOnlyList<double> losses) => rest.Zip(losses).Count(pair => pair.First == pair.Second);
        return new(Name, chart,
        [
            $"| resumed | {equal(resumed.Loss)} of {rest.Length} |",
            $"| parameters alone | {equal(alone.Loss)} of {rest.Length} |",
            $"{new FileInfo(path).Length:N0} bytes for {whole.Parameters.Layout.Count:N0} parameters",
        ]);
    }

    private static void Interrupt(NetworkSpec description, Dataset train, Dataset validation, TrainingSpec spec, string path)
    {
        using var stop = new CancellationTokenSource();
        var network = description.Build<float>(seed: 1);

        var keeper = new CheckpointKeeper<float>(path, everyEpochs: 5);   // and when the run is cancelled
        var history = new Trainer<float>(network, train, validation, spec, keeper, new CancelAt(InterruptedAt, stop)).Run(stop.Token);
        Console.WriteLine($"{history.Outcome} in epoch {history.Epochs + 1}");
    }

    private static Network<float> Resume(NetworkSpec description, Dataset train, Dataset validation, TrainingSpec spec, string path, StepLosses observer)
    {
        var network = description.Build<float>(seed: 1);
        var trainer = new Trainer<float>(network, train, validation, spec, observer);
        trainer.Resume(path);
        var history = trainer.Run();
        Console.WriteLine($"{history.Outcome}, {history.Loss.Count} losses");   // those from before the break too
        return network;
    }

    private sealed class StepLosses : ITrainingObserver<float>
    {
        public List<double> Loss { get; } = [];

        public void OnStep(TrainingState<float> state) => Loss.Add(state.Context.Loss);
    }

    private sealed class CancelAt(long step, CancellationTokenSource stop) : ITrainingObserver<float>
    {
        public void OnStep(TrainingState<float> state)
        {
            if (state.Stepper.StepCount == step) stop.Cancel();
        }
    }
}
