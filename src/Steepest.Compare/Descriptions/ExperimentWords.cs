namespace Steepest.Compare.Descriptions;

/// <summary>What the words of an experiment's file stand for.</summary>
/// <param name="Contenders">The contenders that one text such as <c>sgd,momentum=0.9</c> names: the command's grammar. It refuses what it does not know.</param>
public sealed record ExperimentWords(Func<string, IEnumerable<ExperimentContender>> Contenders)
{
    /// <summary>The optimizers that may be named, your own among them.</summary>
    public IReadOnlyList<OptimizerInfo> Optimizers { get; init; } = Steepest.Optimizers.All;

    /// <summary>The tasks that may be named.</summary>
    public IReadOnlyList<TaskSpec> Tasks { get; init; } = [.. TaskCatalog.All.Select(one => one.Task)];
}
