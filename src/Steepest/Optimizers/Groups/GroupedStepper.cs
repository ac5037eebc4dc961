using System.Numerics;

namespace Steepest;

/// <summary>
/// Several optimizers at work on one buffer: each stretch of neighbouring segments has a stepper of its own, with its own state, over a view
/// of that memory. What belongs to no stretch is frozen.
/// </summary>
/// <remarks>A rule that looks at all its parameters at once sees one stretch of them, not all of its group.</remarks>
internal sealed class GroupedStepper<T> : Stepper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Stretch<T>[] stretches;
    private StepContext<T>? attached;
    private Lookout<T>? lookout;
    private Parameters<T>? assembled;

    public GroupedStepper(Parameters<T> parameters, IReadOnlyList<(Optimizer Optimizer, int First, int Count)> runs)
        : base(parameters)
    {
        stretches = [.. runs.Select(run => new Stretch<T>(parameters, run.Optimizer, run.First, run.Count))];
        MayEvaluate = stretches.Any(stretch => stretch.Stepper.MayEvaluate);
    }

    /// <summary>The parameters themselves; where an optimizer averages, a copy of them with its averages, brought up to date at every call.</summary>
    public override Parameters<T> EvaluationParameters
    {
        get
        {
            var evaluated = Parameters;
            foreach (var stretch in stretches)
            {
                var own = stretch.Stepper.EvaluationParameters;
                if (own == stretch.Stepper.Parameters) continue;
                if (evaluated == Parameters)
                {
                    evaluated = assembled ??= new Parameters<T>(Parameters.Layout);
                    evaluated.CopyFrom(Parameters);
                }

                own.Values.CopyTo(stretch.Of(evaluated));
            }

            return evaluated;
        }
    }

    /// <summary>Every stretch's blocks in turn, named after the stretch if there are several.</summary>
    public override IReadOnlyList<StateBlock<T>> State => stretches is [var only]
        ? only.Stepper.State
        : [.. stretches.SelectMany(stretch => stretch.Stepper.State.Select(block => block with { Name = $"{block.Name} of {stretch.Name}" }))];

    internal override bool MayEvaluate { get; }

    internal override double StateAt(string block, int place) =>
        Find(place) is { } stretch ? stretch.Stepper.StateAt(block, place - stretch.Start) : double.NaN;

    internal override Optimizer? OptimizerAt(int place) => Find(place)?.Optimizer;

    internal override void ResumeAfter(long steps)
    {
        base.ResumeAfter(steps);
        foreach (var stretch in stretches) stretch.Stepper.ResumeAfter(steps);
    }

    protected override void Apply(StepContext<T> context)
    {
        if (attached != context)
        {
            attached = context;
            lookout = new Lookout<T>(context, Parameters);
            foreach (var stretch in stretches) stretch.Attach(context, lookout);
        }

        if (MayEvaluate) lookout!.Begin();
        foreach (var stretch in stretches) stretch.Step(context.Loss, context.Threads);
    }

    private Stretch<T>? Find(int place)
    {
        foreach (var stretch in stretches)
        {
            if (stretch.Contains(place)) return stretch;
        }

        return null;
    }
}
