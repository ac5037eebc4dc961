using System.Numerics;

namespace Steepest;

/// <summary>The look at the validation rows after each epoch.</summary>
internal sealed class Validation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Trainer<T> trainer;
    private readonly Dataset data;
    private readonly EarlyStopping? stopping;
    private readonly Batch<T> batch;
    private readonly (Predictions Predictions, double[] Numbers)? measured;

    private Validation(Trainer<T> trainer, Dataset data, TrainingSpec spec)
    {
        this.trainer = trainer;
        this.data = trainer.Network.CheckedFit(data, trainer.Loss);
        RequireSameClasses(trainer.Shape, data);
        stopping = spec.EarlyStopping;
        batch = trainer.Network.BatchToEvaluate(data, trainer.Loss);
        trainer.Network.MakeRoomFor(batch);
        if (stopping is not null) Best = new BestEpoch<T>(stopping, trainer.Network);
        Metric[] metrics = [.. spec.Metrics, .. stopping?.Monitor is { } monitor ? [monitor] : (Metric[])[]];
        if (metrics.Length == 0) return;
        measured = trainer.Network.RoomForPredictions(data);
        RequireMeasurable(metrics, measured.Value.Predictions);
    }

    public BestEpoch<T>? Best { get; }

    /// <summary>What was watched at the last look.</summary>
    public EpochMetric Watched { get; private set; }

    /// <summary>Adds what says whether the rows are the same.</summary>
    public static void Describe(Validation<T>? validation, Description description) => description
        .Add("number of validation rows", validation is null ? null : Text.Of(validation.data.Rows))
        .Add("validation rows' content hash", validation?.data.ContentHash);

    /// <exception cref="SteepestException">The rows do not fit, or there are none although something is to be measured on them.</exception>
    public static Validation<T>? Of(Trainer<T> trainer, Dataset? data, TrainingSpec spec)
    {
        if (data is not null) return new Validation<T>(trainer, data, spec);
        if (spec.EarlyStopping is not null) throw new SteepestException("Early stopping watches the validation rows, but there are none; give some, or leave it out.");
        if (spec.Metrics.Count > 0) throw new SteepestException($"The metric {spec.Metrics[0]} is taken on the validation rows, but there are none; give some, or leave it out.");
        return null;
    }

    /// <summary>Notes loss and metrics.</summary>
    /// <returns>Whether the run is to stop early.</returns>
    public bool Look(int epoch, Parameters<T> at, HistoryLog log)
    {
        var loss = trainer.Network.Evaluate(data, trainer.Loss, at, batch).Loss + trainer.Penalties.At(at);
        log.ValidationLoss.Add(loss);

        Watched = new(loss);
        if (measured is var (predictions, numbers))
        {
            trainer.Network.WritePredictions(data, at, batch, numbers);
            foreach (var (metric, values) in log.Metrics) values.Add(metric.Of(predictions));
            if (stopping?.Monitor is { } monitor) Watched = new(monitor.Of(predictions), monitor.HigherIsBetter);
        }

        return Best is not null && Best.Look(epoch, Watched.Value, at);
    }

    /// <summary>Classes are told apart by their place: in another order they would be others.</summary>
    private static void RequireSameClasses(DataShape train, Dataset data)
    {
        if (train.Classes != data.Classes)
        {
            throw new SteepestException(
                $"The validation rows have {Text.Of(data.Classes)} classes, but the training rows have {Text.Of(train.Classes)}; both must be parts of the same data.");
        }

        if (train.ClassNames is not { } names) return;
        for (var c = 0; c < names.Count; c++)
        {
            if (names[c] != data.ClassNames[c])
            {
                throw new SteepestException(
                    $"The validation rows call class {Text.Of(c)} '{data.ClassNames[c]}', but the training rows call it '{names[c]}'; both must be parts of the same data.");
            }
        }
    }

    /// <summary>Takes every metric once, so that one that these rows cannot give is found out before anything is trained.</summary>
    private void RequireMeasurable(ReadOnlySpan<Metric> metrics, Predictions predictions)
    {
        foreach (var metric in metrics)
        {
            metric.CheckSuits(data.IsClassification, predictions.Outputs);
            if (trainer.Loss.Classifies && !data.IsClassification)
            {
                throw new SteepestException(
                    $"The metric {metric} compares predicted numbers with targets, but {trainer.Loss} trains logits; leave it out and look at the validation loss.");
            }

            metric.Of(predictions);
        }
    }
}
