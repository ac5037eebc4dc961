using System.Numerics;

namespace Steepest.Testing;

/// <summary>Steps on plain buffers down a bowl: the loss is half a weighted sum of squares, its weight and the start decided by each number's place.</summary>
internal sealed class Plain<T>(int first = 0, double sign = 1) : IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Matrices, for optimizers that need them, of sizes that fill no lane.</summary>
    public static ParameterLayout Matrices { get; } =
        ParameterLayout.Of<T>(("first", ParameterRole.Weight, [5, 3]), ("second", ParameterRole.Weight, [3, 7]), ("third", ParameterRole.Weight, [4, 4]));

    /// <summary>Takes steps from the start.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="layout">What it trains.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="first">The place of the buffer's first number in a larger one.</param>
    /// <param name="sign">−1 turns the bowl upside down.</param>
    /// <param name="threads">How many threads at most share a step.</param>
    /// <param name="endsOddly">Whether the last gradient holds numbers that are not finite, and the smallest there are.</param>
    public static Stepper<T> Run(Optimizer optimizer, ParameterLayout layout, int steps, int first = 0, double sign = 1, int threads = 1, bool endsOddly = false)
    {
        var parameters = new Parameters<T>(layout);
        var objective = new Plain<T>(first, sign);
        Each(parameters, (place, _) => Math.Sin(1 + (0.7 * (first + place))));
        var stepper = optimizer.CreateStepper(parameters);
        var context = new StepContext<T>(objective, new Parameters<T>(layout), steps) { Threads = threads };
        for (var step = 0; step < steps; step++)
        {
            context.Begin(parameters);
            if (endsOddly && step == steps - 1)
            {
                foreach (var segment in layout.Segments) ((T[])[T.NaN, T.PositiveInfinity, T.Epsilon, -T.Epsilon, T.NegativeInfinity]).CopyTo(context.Gradient[segment][3..]);
            }

            stepper.Step(context);
        }

        return stepper;
    }

    public double Evaluate(Parameters<T> at, Parameters<T> gradient)
    {
        var loss = 0.0;
        var there = at.Values.ToArray();
        Each(gradient, (place, i) =>
        {
            var (weight, value) = (1 + ((first + place) % 5), double.CreateChecked(there[i]));
            loss += sign * weight * value * value / 2;
            return sign * weight * value;
        });
        return loss;
    }

    private static void Each(Parameters<T> parameters, Func<int, int, double> value)
    {
        var place = 0;
        foreach (var segment in parameters.Layout.Segments)
        {
            for (var i = segment.Offset; i < segment.Offset + segment.Length; i++) parameters.Values[i] = T.CreateChecked(value(place++, i));
        }
    }
}
