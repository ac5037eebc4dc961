using System.Diagnostics;
using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Compare.Tasks;

/// <summary>A task whose loss is a formula.</summary>
internal interface IObjectiveTask
{
    /// <summary>The one segment that is trained.</summary>
    ParameterLayout Layout<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The loss, with noise of a seed.</summary>
    IStepObjective<T> Objective<T>(ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Puts the parameters where a trial starts.</summary>
    void Start<T>(Parameters<T> place, Pcg64 chance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A formula ready for trials: there is nothing to load, and a step is an epoch.</summary>
internal sealed class PreparedObjective : PreparedTask
{
    private readonly TaskSpec task;
    private readonly IObjectiveTask formula;

    public PreparedObjective(TaskSpec task, IObjectiveTask formula)
    {
        if (task.Metric != TaskMetric.TrainingLoss) throw new SteepestException($"The task {task.Name} has no rows to validate on; it is measured by its {task.MetricName}, the training loss.");
        (this.task, this.formula) = (task, formula);
    }

    /// <inheritdoc/>
    public override int StepsPerEpoch => 1;

    /// <inheritdoc/>
    public override int Parameters => formula.Layout<double>().Count;

    /// <inheritdoc/>
    public override TrialResult? Run(TrialSpec trial, CancellationToken cancellation) =>
        task.Precision == Precision.Float ? Run<float>(trial, cancellation) : Run<double>(trial, cancellation);

    /// <inheritdoc/>
    public override void CheckFit(Optimizer optimizer, ValueList<ParameterGroup> groups)
    {
        if (task.Precision == Precision.Float) CheckFit<float>(optimizer, groups);
        else CheckFit<double>(optimizer, groups);
    }

    /// <inheritdoc/>
    public override long StateBytes(Optimizer optimizer) => task.Precision == Precision.Float
        ? optimizer.StateOf<float>(formula.Layout<float>()).Sum(block => block.Bytes)
        : optimizer.StateOf<double>(formula.Layout<double>()).Sum(block => block.Bytes);

    private void CheckFit<T>(Optimizer optimizer, ValueList<ParameterGroup> groups)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        optimizer.LearningRate.Start().At(new(0, task.Epochs, 1));
        _ = ParameterGroups.CreateStepper(optimizer, groups, new Parameters<T>(formula.Layout<T>()));
    }

    private TrialResult? Run<T>(TrialSpec trial, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(formula.Layout<T>());
        formula.Start(parameters, RandomStreams.Of(trial.Seed, RandomPurpose.InitialParameters));
        var objective = formula.Objective<T>(trial.Seed);
        var groups = new ParameterGroups(trial.Groups, parameters.Layout);
        var stepper = ParameterGroups.CreateStepper(trial.Optimizer, trial.Groups, parameters);
        var context = new StepContext<T>(objective, new Parameters<T>(parameters.Layout), task.Epochs);
        var (values, evaluations) = (new List<double>(task.Epochs), new List<long>(task.Epochs));
        int? divergedAt = null;

        var started = Stopwatch.GetTimestamp();
        while (context.GradientEvaluations < task.Epochs)
        {
            if (cancellation.IsCancellationRequested) return null;
            var value = objective.Value(stepper.EvaluationParameters);
            objective.BeginStep(stepper.StepCount + 1);
            context.Begin(parameters);
            if (!double.IsFinite(value) || !double.IsFinite(context.Loss))
            {
                divergedAt = values.Count;
                break;
            }

            values.Add(value);
            evaluations.Add(context.GradientEvaluations);
            groups.ClearFrozen(context.Gradient);
            stepper.Step(context);
            objective.Confine(parameters);
            stepper.AfterEpoch(new(value));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return TrialCurve.Of(trial, values, evaluations, context.GradientEvaluations, divergedAt) with { Seconds = seconds, Machine = Machine.Name };
    }
}
