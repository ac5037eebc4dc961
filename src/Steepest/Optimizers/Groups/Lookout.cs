using System.Numerics;

namespace Steepest;

/// <summary>
/// The loss as a function of one group, while all others stand where the step found them: a group that has already moved in this step must
/// not be seen there, since loss and gradient are still those from before.
/// </summary>
internal sealed class Lookout<T>(StepContext<T> context, Parameters<T> parameters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Parameters<T>? before;
    private Parameters<T>? gradientOfAll;

    /// <summary>Remembers where the parameters stand.</summary>
    public void Begin()
    {
        before ??= new Parameters<T>(parameters.Layout);
        before.CopyFrom(parameters);
    }

    /// <summary>Loss and gradient with one group elsewhere.</summary>
    public double Evaluate(TrainedGroup<T> group, Parameters<T> at, Parameters<T> gradient)
    {
        if (before is null) throw new InvalidOperationException("A stepper that says it never evaluates did.");
        gradientOfAll ??= new Parameters<T>(parameters.Layout);

        // Exchanged and not copied, so that where the group stood is kept without a third buffer.
        group.Exchange(before, at);
        var loss = context.Evaluate(before, gradientOfAll);
        group.Exchange(before, at);
        group.CopyFrom(gradientOfAll, gradient);
        return loss;
    }
}
