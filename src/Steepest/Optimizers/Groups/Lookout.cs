using System.Numerics;

namespace Steepest;

/// <summary>
/// The loss as a function of one stretch, while all others stand where the step found them: a stretch that has already moved in this step must
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

    /// <summary>Loss and gradient with one stretch elsewhere.</summary>
    public double Evaluate(Stretch<T> stretch, Parameters<T> at, Parameters<T> gradient)
    {
        if (before is null) throw new InvalidOperationException("A stepper that says it never evaluates did.");
        gradientOfAll ??= new Parameters<T>(parameters.Layout);

        // Exchanged and not copied, so that where the stretch stood is kept without a third buffer.
        Exchange(stretch.Of(before), at.Values);
        var loss = context.Evaluate(before, gradientOfAll);
        Exchange(stretch.Of(before), at.Values);
        stretch.Of(gradientOfAll).CopyTo(gradient.Values);
        return loss;
    }

    private static void Exchange(Span<T> left, Span<T> right)
    {
        for (var i = 0; i < left.Length; i++) (left[i], right[i]) = (right[i], left[i]);
    }
}
