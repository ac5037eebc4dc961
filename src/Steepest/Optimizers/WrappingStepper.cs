using System.Numerics;

namespace Steepest;

/// <summary>A stepper around another on the same parameters: all that it does not change is the other's.</summary>
internal abstract class WrappingStepper<T>(Stepper<T> inner) : Stepper<T>(inner.Parameters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override Parameters<T> EvaluationParameters => Inner.EvaluationParameters;

    public override IReadOnlyList<StateBlock<T>> State => Inner.State;

    public override IReadOnlyList<ScalarState> Scalars => Inner.Scalars;

    internal override bool MayEvaluate => Inner.MayEvaluate;

    protected Stepper<T> Inner { get; } = inner;

    internal override Optimizer? OptimizerAt(int place) => Inner.OptimizerAt(place);

    internal override void AfterEpoch(EpochMetric metric) => Inner.AfterEpoch(metric);

    internal override void ResumeAfter(long steps)
    {
        base.ResumeAfter(steps);
        Inner.ResumeAfter(steps);
    }
}
