namespace Steepest.Compare;

/// <summary>Tasks of experiments from those of races.</summary>
public static class ExperimentTask
{
    private const int UsualEpochs = 200;

    /// <summary>
    /// The same data, network and batches. The article's task is about optimization alone and has the training loss for its metric; all others are measured on validation
    /// rows.
    /// </summary>
    /// <param name="task">The race's task.</param>
    /// <param name="epochs">The budget; unless given that of the article's task, and 200 epochs on others.</param>
    /// <param name="target">What to reach; unless given the article's 0.1145 on its task, and on others what the baseline reaches.</param>
    public static NetworkTask Of(RaceTask task, int? epochs, Target? target)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsArticle && target is not { Metric: TargetMetric.Accuracy })
        {
            var article = TaskCatalog.Iris;
            return article with { Bias = task.Bias, Precision = task.Precision, Epochs = epochs ?? article.Epochs, Target = target?.Value ?? article.Target };
        }

        return new NetworkTask(task.Data, task.Data, task.Hidden)
        {
            Epochs = epochs ?? UsualEpochs,
            Metric = target is { Metric: TargetMetric.Accuracy } ? TaskMetric.ValidationAccuracy : TaskMetric.ValidationLoss,
            Target = target?.Value,
            Scaling = task.Scaling,
            Activation = task.Activation,
            Initializer = task.Initializer,
            Bias = task.Bias,
            BatchSize = task.BatchSize,
            Precision = task.Precision,
        };
    }
}
