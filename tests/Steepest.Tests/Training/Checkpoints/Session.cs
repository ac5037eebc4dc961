using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Steepest.Tests.Training.Checkpoints;

/// <summary>What a training needs to be set up again: each time a network and a trainer that know nothing of those before.</summary>
internal sealed record Session(NetworkSpec Network, Dataset Data, Dataset? Validation, TrainingSpec Spec, bool Streams = false)
{
    public Trainer<T> Trainer<T>(ulong seed, params ReadOnlySpan<ITrainingObserver<T>> observers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Network.Build<T>(seed);
        return Streams ? new(network, Data.AsSource(), Validation, Spec, observers) : new(network, Data, Validation, Spec, observers);
    }
}

/// <summary>Ends a run at a step, by a token or by an exception, and counts what is right.</summary>
internal sealed class Interruption<T>(long atStep, bool byException, IDictionary<int, long> right) : ITrainingObserver<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CancellationTokenSource source = new();

    public CancellationToken Token => source.Token;

    public void OnStart(TrainingState<T> state) => state.CountsRight = true;

    public void OnStep(TrainingState<T> state)
    {
        if (state.Stepper.StepCount < atStep) return;
        if (byException) throw new OperationCanceledException("interrupted");
        source.Cancel();
    }

    public void OnEpoch(TrainingState<T> state) => right[state.Epoch] = state.Right;

    public void Dispose() => source.Dispose();
}

/// <summary>All that a run leaves, to the bit.</summary>
internal sealed class Trace
{
    private readonly List<(string What, byte[] Bytes)> parts = [];

    public static Trace Of<T>(Trainer<T> trainer, History history, IDictionary<int, long> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var trace = Of(trainer);
        trace.Add("losses", [.. history.Loss]);
        trace.Add("validation losses", [.. history.ValidationLoss]);
        foreach (var (metric, values) in history.Metrics) trace.Add(metric.ToString(), [.. values]);
        trace.Add("end", [history.Epochs, (double)history.Outcome, history.DivergedAt ?? -1, history.BestEpoch ?? -1, history.GradientEvaluations]);
        trace.Add("rows right", [.. right.OrderBy(epoch => epoch.Key).Select(epoch => (double)epoch.Value)]);
        return trace;
    }

    /// <summary>Where a network and its trainer stand.</summary>
    public static Trace Of<T>(Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var trace = Of(trainer.Network);
        foreach (var block in trainer.Stepper.State) trace.Add<T>(block.Name, block.Values.Values);
        foreach (var scalar in trainer.Stepper.Scalars) trace.Add(scalar.Name, [scalar.Value]);
        if (trainer.Best is { } best)
        {
            trace.Add("best", [best.Epoch, best.Value]);
            trace.Add<T>("best parameters", best.Kept is { } kept ? kept.Parameters.Values : []);
            trace.Add<T>("best buffers", best.Kept is { } keptToo ? keptToo.Buffers.Values : []);
        }

        trace.Add("log", trainer.Log.Loss.Values);
        trace.AddText("place", $"{trainer.Place}");
        trace.AddText("chance", $"{trainer.Chance.State}");
        trace.Add("counts", [trainer.Stepper.StepCount, trainer.Context.GradientEvaluations]);
        return trace;
    }

    public static Trace Of<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var trace = new Trace();
        trace.Add<T>("parameters", network.Parameters.Values);
        trace.Add<T>("buffers", network.Buffers.Values);
        return trace;
    }

    public void AssertEquals(Trace other, string what)
    {
        Assert.Equal(parts.Select(part => part.What), other.parts.Select(part => part.What));
        foreach (var ((name, bytes), (_, found)) in parts.Zip(other.parts)) Assert.True(bytes.AsSpan().SequenceEqual(found), $"{what}: the {name} differ.");
    }

    private void Add(string what, double[] numbers) => Add<double>(what, numbers);

    private void Add<TNumber>(string what, ReadOnlySpan<TNumber> numbers)
        where TNumber : unmanaged => parts.Add((what, MemoryMarshal.AsBytes(numbers).ToArray()));

    private void AddText(string what, string text) => parts.Add((what, Encoding.UTF8.GetBytes(text)));
}
