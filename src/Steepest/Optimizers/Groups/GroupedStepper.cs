using System.Numerics;

namespace Steepest;

/// <summary>
/// Several optimizers at work on one buffer, each with a stepper of its own, with its own state, for all its segments. What belongs to no group is
/// frozen.
/// </summary>
internal sealed class GroupedStepper<T> : Stepper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainedGroup<T>[] groups;
    private StepContext<T>? attached;
    private Lookout<T>? lookout;
    private Parameters<T>? assembled;

    public GroupedStepper(Parameters<T> parameters, IReadOnlyList<(Optimizer Optimizer, int[] Segments)> trained)
        : base(parameters)
    {
        groups = [.. trained.Select(group => new TrainedGroup<T>(parameters, group.Optimizer, group.Segments))];
        MayEvaluate = groups.Any(group => group.Stepper.MayEvaluate);
        State = groups is [var only]
            ? only.Stepper.State
            : [.. groups.SelectMany(group => group.Stepper.State.Select(block => block with { Name = $"{block.Name} of {group.Name}" }))];
        Scalars = [.. groups.SelectMany(group => group.Stepper.Scalars)];
    }

    /// <summary>The parameters themselves; where an optimizer averages, a copy of them with its averages, brought up to date at every call.</summary>
    public override Parameters<T> EvaluationParameters
    {
        get
        {
            var evaluated = Parameters;
            foreach (var group in groups)
            {
                var own = group.Stepper.EvaluationParameters;
                if (own == group.Stepper.Parameters) continue;
                if (evaluated == Parameters)
                {
                    evaluated = assembled ??= new Parameters<T>(Parameters.Layout);
                    evaluated.CopyFrom(Parameters);
                }

                group.CopyTo(evaluated, own);
            }

            return evaluated;
        }
    }

    /// <summary>Every group's blocks in turn, named after the group if there are several.</summary>
    public override IReadOnlyList<StateBlock<T>> State { get; }

    /// <summary>Every group's numbers in turn.</summary>
    public override IReadOnlyList<ScalarState> Scalars { get; }

    internal override bool MayEvaluate { get; }

    internal override double StateAt(string block, int place) =>
        Find(place) is { } group ? group.Stepper.StateAt(block, group.PlaceOf(place)) : double.NaN;

    internal override Optimizer? OptimizerAt(int place) => Find(place)?.Optimizer;

    internal override void AfterEpoch(EpochMetric metric)
    {
        foreach (var group in groups) group.Stepper.AfterEpoch(metric);
    }

    internal override void ResumeAfter(long steps)
    {
        base.ResumeAfter(steps);
        foreach (var group in groups) group.ResumeAfter(steps);
    }

    protected override void Apply(StepContext<T> context)
    {
        if (attached != context)
        {
            attached = context;
            lookout = new Lookout<T>(context, Parameters);
            foreach (var group in groups) group.Attach(context, lookout);
        }

        if (MayEvaluate) lookout!.Begin();
        foreach (var group in groups) group.Step(context.Loss, context.Threads);
    }

    private TrainedGroup<T>? Find(int place)
    {
        foreach (var group in groups)
        {
            if (group.PlaceOf(place) >= 0) return group;
        }

        return null;
    }
}
