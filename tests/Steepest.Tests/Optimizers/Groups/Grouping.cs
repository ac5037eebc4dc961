namespace Steepest.Tests;

/// <summary>An optimizer with groups as one optimizer, for whatever takes optimizers.</summary>
internal sealed record Grouping(Optimizer Own, ValueList<ParameterGroup> Groups) : Optimizer
{
    public override Schedule LearningRate { get; init; } = Own.LearningRate;

    public override OptimizerInfo Info => Own.Info;

    public override IReadOnlyDictionary<string, double> Settings => Own.Settings;

    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => ParameterGroups.CreateStepper(Own, Groups, parameters);
}
