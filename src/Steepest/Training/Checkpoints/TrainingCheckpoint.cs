using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>All that a run needs to go on as if it had not been interrupted, in one file.</summary>
internal static class TrainingCheckpoint
{
    private const string
        Training = "training", Data = "data", Epoch = "epoch", BatchesDone = "batches done", LossSum = "loss sum", WeightSum = "weight sum", Right = "rows right",
        StepLoss = "loss of the step", Steps = "steps", Evaluations = "gradient evaluations", Order = "order of rows", Chance = "dropout", StateNames = "state", ScalarNames = "single numbers of state",
        Losses = "losses", ValidationLosses = "validation losses", BestEpoch = "best epoch", BestValue = "best value";

    /// <summary>Sections that only a training with early stopping has.</summary>
    internal const string BestParameters = "best parameters", BestBuffers = "best buffers";

    /// <summary>Whether a file holds the network as it was after a best epoch.</summary>
    public static bool HasBest(CheckpointReader file) => file.Has(BestParameters) && file.Integer(BestEpoch) >= 0;

    public static void Save<T>(string path, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var file = CheckpointWriter.Create(path);
        NetworkCheckpoint.Write(file, trainer.Network, trainer.Stepper.EvaluationParameters);
        file.Add(Training, trainer.Spec.Describe(trainer.Loss).ToString());
        file.Add(Data, trainer.DataIdentity.ToString());

        var place = trainer.Place;
        file.Add(Epoch, (long)place.Epoch);
        file.Add(BatchesDone, (long)place.BatchesDone);
        file.Add(LossSum, place.LossSum);
        file.Add(WeightSum, place.WeightSum);
        file.Add(Right, trainer.RightSoFar);
        file.Add(StepLoss, trainer.Context.Loss);
        file.Add(Steps, trainer.Stepper.StepCount);
        file.Add(Evaluations, trainer.Context.GradientEvaluations);
        file.Add<ulong>(Order, place.Order is { } order ? Words(order) : []);
        file.Add<ulong>(Chance, Words(trainer.Chance.State));

        var state = trainer.Stepper.State;
        file.Add(StateNames, Describe(trainer.Stepper).ToString());
        for (var i = 0; i < state.Count; i++) file.Add<T>($"{StateNames} {i}", state[i].Values.Values);
        if (trainer.Stepper.Scalars is { Count: > 0 } scalars) file.Add<double>(ScalarNames, [.. scalars.Select(scalar => scalar.Value)]);

        file.Add(Losses, trainer.Log.Loss.Values);
        file.Add(ValidationLosses, trainer.Log.ValidationLoss.Values);
        foreach (var (metric, values) in trainer.Log.Metrics) file.Add(metric.ToString(), values.Values);
        if (trainer.Best is { } best)
        {
            file.Add(BestEpoch, (long)best.Epoch);
            file.Add(BestValue, best.Value);
        }

        if (trainer.Best?.Kept is { } kept)
        {
            file.Add<T>(BestParameters, kept.Parameters.Values);
            file.Add<T>(BestBuffers, kept.Buffers.Values);
        }

        file.Complete();
    }

    /// <summary>Puts a trainer to where a file says; it changes nothing before all of the file is read and found to fit.</summary>
    public static void Load<T>(string path, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var file = CheckpointReader.Open(path);
        NetworkCheckpoint.RequireFit(file, path, trainer.Network);
        if (!file.Has(Training)) throw new SteepestException($"The checkpoint '{path}' holds a network, but no training to go on with.");
        Require(file.Text(Training), trainer.Spec.Describe(trainer.Loss), path, "of another training");
        Require(file.Text(Data), trainer.DataIdentity, path, "of a training on other data");

        var (epoch, batchesDone) = (file.Integer(Epoch), file.Integer(BatchesDone));
        if (epoch < 0 || batchesDone < 0 || batchesDone > trainer.BatchesPerEpoch) throw IllFormed(path);
        if (epoch > trainer.Spec.Epochs || (epoch == trainer.Spec.Epochs && batchesDone > 0))
        {
            throw new SteepestException(
                $"The checkpoint '{path}' has {Text.Count(epoch, "epoch")}{(batchesDone > 0 ? " and a part" : "")} behind it, but the training asks for {Text.Of(trainer.Spec.Epochs)}.");
        }

        var order = file.Array<ulong>(Order);
        var place = new TrainingPlace((int)epoch, order.Length == 0 ? null : StateOf(order, path), (int)batchesDone, file.Number(LossSum), file.Number(WeightSum));
        var chance = StateOf(file.Array<ulong>(Chance), path);
        Require(file.Text(StateNames), Describe(trainer.Stepper), path, "of another optimizer's state");
        var buffers = ReadBuffers(file, trainer);
        var scalars = ReadScalars(file, trainer.Stepper, path);
        var (losses, validationLosses) = (file.Array<double>(Losses), file.Array<double>(ValidationLosses));
        var metrics = trainer.Log.Metrics.Select(metric => (metric.Value, Values: file.Array<double>(metric.Key.ToString()))).ToArray();
        var (right, stepLoss, steps, evaluations) = (file.Integer(Right), file.Number(StepLoss), file.Integer(Steps), file.Integer(Evaluations));
        var (bestEpoch, bestValue) = trainer.Best is null ? (-1, double.NaN) : ((int)file.Integer(BestEpoch), file.Number(BestValue));

        if (losses.Length != epoch || (place.Order is null) != (trainer.Place.Order is null)) throw IllFormed(path);

        // From here on nothing can fail.
        foreach (var (from, to) in buffers) from.CopyTo(to.Values);
        for (var i = 0; i < scalars.Length; i++) trainer.Stepper.Scalars[i].Value = scalars[i];
        trainer.Log.Loss.Set(losses);
        trainer.Log.ValidationLoss.Set(validationLosses);
        foreach (var (log, values) in metrics) log.Set(values);
        if (trainer.Best is not null) (trainer.Best.Epoch, trainer.Best.Value) = (bestEpoch, bestValue);
        trainer.Chance.State = chance;
        trainer.Stepper.ResumeAfter(steps);
        trainer.GoOnFrom(place, right, stepLoss, evaluations);
    }

    /// <summary>Every buffer that a training changes, with the numbers that are to go there.</summary>
    private static List<(T[] From, Parameters<T> To)> ReadBuffers<T>(CheckpointReader file, Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffers = new List<(T[] From, Parameters<T> To)>
        {
            (NetworkCheckpoint.ReadParameters(file, trainer.Network), trainer.Network.Parameters),
            (NetworkCheckpoint.ReadBuffers(file, trainer.Network), trainer.Network.Buffers),
        };
        var state = trainer.Stepper.State;
        for (var i = 0; i < state.Count; i++) buffers.Add((Read(file, $"{StateNames} {i}", state[i].Values), state[i].Values));
        if (trainer.Best?.Kept is { } kept)
        {
            buffers.Add((Read(file, BestParameters, kept.Parameters), kept.Parameters));
            buffers.Add((Read(file, BestBuffers, kept.Buffers), kept.Buffers));
        }

        return buffers;
    }

    private static double[] ReadScalars<T>(CheckpointReader file, Stepper<T> stepper, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (stepper.Scalars.Count == 0) return [];
        var values = file.Array<double>(ScalarNames);
        return values.Length == stepper.Scalars.Count ? values : throw IllFormed(path);
    }

    internal static T[] Read<T>(CheckpointReader file, string name, Parameters<T> like)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[like.Values.Length];
        file.Read<T>(name, numbers);
        return numbers;
    }

    /// <exception cref="SteepestException">The description that was found is not the one expected.</exception>
    internal static void Require(string found, Description expected, string path, string what)
    {
        if (Description.Parse(found).DifferenceFrom(expected) is { } difference) throw new SteepestException($"The checkpoint '{path}' is {what}: {difference}.");
    }

    private static Description Describe<T>(Stepper<T> stepper)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var description = new Description();
        for (var i = 0; i < stepper.State.Count; i++) description.Add($"part {i + 1}", stepper.State[i].Name);
        for (var i = 0; i < stepper.Scalars.Count; i++) description.Add($"number {i + 1}", stepper.Scalars[i].Name);
        return description;
    }

    private static SteepestException IllFormed(string path) => new($"The checkpoint '{path}' was not written by this program: its numbers do not fit together.");

    private static ulong[] Words(Pcg64State state) =>
    [
        (ulong)(state.State >> 64), (ulong)state.State, (ulong)(state.Increment >> 64), (ulong)state.Increment, state.HalfWord is { } half ? half | (1UL << 32) : 0,
    ];

    private static Pcg64State StateOf(ulong[] words, string path) => words is [var stateHigh, var stateLow, var incrementHigh, var incrementLow, var half]
        ? new(new(stateHigh, stateLow), new(incrementHigh, incrementLow), half == 0 ? null : (uint)half)
        : throw IllFormed(path);
}
