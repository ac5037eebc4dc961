namespace Steepest.Compare;

/// <summary>Tasks of experiments from those of races.</summary>
public static class ExperimentTask
{
    // The article's gradient descent needs 845 epochs at the best of seven rates; a try that needs twice as many is no candidate.
    private const int ArticleEpochs = 2_000;
    private const double ArticleTarget = 0.1145;
    private const int UsualEpochs = 200;

    /// <summary>
    /// The same data, network and batches. The article's task is about optimization alone and has the training loss for its metric; all others are measured on validation
    /// rows.
    /// </summary>
    /// <param name="task">The race's task.</param>
    /// <param name="epochs">The budget; unless given 2,000 epochs on the article's task and 200 on others.</param>
    /// <param name="target">What to reach; unless given the article's 0.1145 on its task, and on others what the baseline reaches.</param>
    public static NetworkTask Of(RaceTask task, int? epochs, Target? target)
    {
        ArgumentNullException.ThrowIfNull(task);
        var isOfTraining = task.IsArticle && target is not { Metric: TargetMetric.Accuracy };
        return new NetworkTask(task.Data, task.Data, task.Hidden)
        {
            Epochs = epochs ?? (task.IsArticle ? ArticleEpochs : UsualEpochs),
            Metric = target is { Metric: TargetMetric.Accuracy } ? TaskMetric.ValidationAccuracy : isOfTraining ? TaskMetric.TrainingLoss : TaskMetric.ValidationLoss,
            Target = target?.Value ?? (isOfTraining ? ArticleTarget : null),
            Scaling = task.Scaling,
            Activation = task.Activation,
            Initializer = task.Initializer,
            Bias = task.Bias,
            BatchSize = task.BatchSize,
            Precision = task.Precision,
            ValidationShare = isOfTraining ? 0 : 0.2,
            TestShare = isOfTraining ? task.TestShare : 0.2,
        };
    }
}
