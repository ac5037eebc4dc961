using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The search along a direction for a length at which the loss has fallen enough and the slope is flat enough: the strong Wolfe conditions.</summary>
/// <remarks>Nocedal and Wright 2006, Algorithms 3.5 and 3.6, with cubic interpolation (equation 3.59), and the safeguards and limits of PyTorch's search: a bracket is shrunk by
/// at least a tenth of itself where interpolation stays at its edge, and 25 lengths are tried.</remarks>
internal sealed class WolfeSearch<T>(ParameterLayout layout)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Decrease = 1e-4, Curvature = 0.9;
    private const int MostLengths = 25;

    private readonly Parameters<T> trial = new(layout), start = new(layout);
    private readonly Parameters<T>[] gradients = [new(layout), new(layout), new(layout)];
    private StepContext<T> context = null!;
    private Parameters<T> origin = null!, direction = null!;

    /// <summary>Searches; the gradient at the length that is found replaces the one at the start.</summary>
    /// <returns>The loss there, the length, and how often loss and gradient were asked for.</returns>
    public (double Loss, double Length, int Evaluations) Find(
        StepContext<T> stepContext, Parameters<T> from, Parameters<T> along, double length, double loss, double slope, Parameters<T> gradient, double changeTolerance)
    {
        (context, origin, direction) = (stepContext, from, along);
        start.CopyFrom(gradient);
        var atStart = new Point(0, loss, slope, start);
        var (a, b, isDone, tried) = Bracket(atStart, length);
        var evaluations = tried + 1;

        var reach = double.CreateChecked(Reduction.LargestMagnitude<T>(along.Values));
        var isStuck = false;
        var lowIsA = a.Loss <= b.Loss;
        while (!isDone && tried < MostLengths && Math.Abs(b.Length - a.Length) * reach >= changeTolerance)
        {
            var (least, greatest) = (Math.Min(a.Length, b.Length), Math.Max(a.Length, b.Length));
            var next = Interpolated(a, b, least, greatest);
            (next, isStuck) = OffTheEdge(next, least, greatest, isStuck);
            var current = Look(next, Spare(a, b));
            tried++;
            evaluations++;
            var low = lowIsA ? a : b;
            if (current.Loss > loss + (Decrease * next * slope) || current.Loss >= low.Loss)
            {
                if (lowIsA) b = current;
                else a = current;
                lowIsA = a.Loss <= b.Loss;
                continue;
            }

            var high = lowIsA ? b : a;
            if (Math.Abs(current.Slope) <= -Curvature * slope) isDone = true;
            else if (current.Slope * (high.Length - low.Length) >= 0) high = low;
            (a, b) = lowIsA ? (current, high) : (high, current);
        }

        var found = lowIsA ? a : b;
        gradient.CopyFrom(found.Gradient);
        return (found.Loss, found.Length, evaluations);
    }

    /// <summary>Two lengths between which there is a good one, or a good one twice.</summary>
    private (Point A, Point B, bool IsDone, int Tried) Bracket(Point atStart, double length)
    {
        var (previous, current) = (atStart, Look(length, gradients[0]));
        for (var tried = 0; tried < MostLengths; tried++)
        {
            if (current.Loss > atStart.Loss + (Decrease * current.Length * atStart.Slope) || (tried > 1 && current.Loss >= previous.Loss)) return (previous, current, false, tried);
            if (Math.Abs(current.Slope) <= -Curvature * atStart.Slope) return (current, current, true, tried);
            if (current.Slope >= 0) return (previous, current, false, tried);
            var next = Interpolated(
                previous, current, current.Length + (0.01 * (current.Length - previous.Length)), 10 * current.Length);
            (previous, current) = (current, Look(next, Spare(current, current)));
        }

        return (atStart, current, false, MostLengths);
    }

    private Point Look(double length, Parameters<T> gradient)
    {
        trial.CopyFrom(origin);
        trial.Add(T.CreateChecked(length), direction);
        var loss = context.Evaluate(trial, gradient);
        return new(length, loss, Dot.Of<T>(gradient.Values, direction.Values), gradient);
    }

    /// <summary>A gradient's memory that neither point uses.</summary>
    private Parameters<T> Spare(Point a, Point b)
    {
        foreach (var gradient in gradients)
        {
            if (gradient != a.Gradient && gradient != b.Gradient) return gradient;
        }

        throw new InvalidOperationException("Three gradients are one more than two points use.");
    }

    private static (double Length, bool IsStuck) OffTheEdge(double length, double least, double greatest, bool wasStuck)
    {
        var edge = 0.1 * (greatest - least);
        if (!(Math.Min(greatest - length, length - least) < edge)) return (length, false);
        if (!wasStuck && length < greatest && length > least) return (length, true);
        return (Math.Abs(length - greatest) < Math.Abs(length - least) ? greatest - edge : least + edge, false);
    }

    /// <summary>The minimum of the cubic through both values and slopes, kept between two bounds; their middle where there is none.</summary>
    private static double Interpolated(Point a, Point b, double least, double greatest)
    {
        var d1 = a.Slope + b.Slope - (3 * (a.Loss - b.Loss) / (a.Length - b.Length));
        var square = (d1 * d1) - (a.Slope * b.Slope);
        if (!(square >= 0)) return (least + greatest) / 2;
        var d2 = Math.Sqrt(square);
        var minimum = a.Length <= b.Length
            ? b.Length - ((b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))))
            : a.Length - ((a.Length - b.Length) * ((a.Slope + d2 - d1) / (a.Slope - b.Slope + (2 * d2))));
        return Math.Min(Math.Max(minimum, least), greatest);
    }

    /// <summary>What is known at one length.</summary>
    private readonly record struct Point(double Length, double Loss, double Slope, Parameters<T> Gradient);
}
