using Steepest.Compare;
using Steepest.Compare.Descriptions;
using Steepest.Numerics;

namespace Steepest.Tests.Compare.Store;

/// <summary>A task that trains nothing, for trials whose results are made.</summary>
internal sealed record MadeTask(string Name) : TaskSpec(Name)
{
    public override string Summary => $"made, {Epochs} epochs";

    internal override TaskKind Kind => new TaskKind<MadeTask>(new MadeTask("made") { Epochs = 1 }, []);

    internal override bool IsFullBatch => true;

    internal override PreparedTask Prepare(uint split) => throw new NotSupportedException();
}

/// <summary>Trials, and results that look like those of training: each number has one.</summary>
internal static class MadeTrials
{
    public static TrialSpec Trial(int number, int epochs = 1500) => new(new MadeTask("made") { Epochs = epochs }, new Adam(LearningRate: 0.01), 7, (ulong)number);

    public static TrialResult Result(int number, int epochs = 1500)
    {
        var chance = new Pcg64((ulong)number);
        int[] all = [.. Enumerable.Range(0, epochs + 1)];
        double[] loss = [.. all.Select(epoch => (1.1 / (1 + (0.02 * epoch))) + (0.01 * chance.NextDouble()))];
        return new TrialResult([.. all], [.. loss], [.. all.Select(epoch => 1L + epoch)])
        {
            TestLoss = loss[^1] * 1.1,
            TestRight = 48,
            TestRows = 50,
            Seconds = 0.25 + number,
            Machine = "a machine",
        };
    }
}
