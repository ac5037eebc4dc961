using System.Numerics;

namespace Steepest.Tests;

/// <summary>½ Σ aᵢ wᵢ² + ½ c (Σ wᵢ)²: every parameter has its own slope, and where c is not 0, what it is depends on all others.</summary>
internal sealed class Bowl<T>(double coupling = 0) : IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly ParameterLayout Layout = ParameterLayout.Of<T>(
        ("layer1.weight", ParameterRole.Weight, [5, 4]),
        ("layer1.bias", ParameterRole.Bias, [5]),
        ("layer2.weight", ParameterRole.Weight, [3, 5]),
        ("layer2.bias", ParameterRole.Bias, [3]));

    /// <summary>Where the loss was asked for, in turn.</summary>
    public List<T[]> Asked { get; } = [];

    public bool Remembers { get; init; }

    public static Parameters<T> Start(ParameterLayout? layout = null)
    {
        var start = new Parameters<T>(layout ?? Layout);
        foreach (var segment in start.Layout.Segments)
        {
            for (var i = 0; i < segment.Length; i++)
                start[segment][i] = T.CreateChecked(Math.Sin(segment.Name.Length + i + segment.Name[5]));
        }

        return start;
    }

    public double Evaluate(Parameters<T> at, Parameters<T> gradient)
    {
        if (Remembers) Asked.Add(at.Values.ToArray());
        var all = T.Zero;
        foreach (var value in at.Values)
            all += value;
        all *= T.CreateChecked(coupling);
        for (var s = 0; s < at.Layout.Segments.Count; s++)
        {
            var from = at[at.Layout.Segments[s]];
            var to = gradient[at.Layout.Segments[s]];
            for (var i = 0; i < from.Length; i++)
                to[i] = (T.CreateChecked(0.1 + (0.05 * (i % 7))) * from[i]) + all;
        }

        return 0;
    }

    /// <summary>Takes steps from where the parameters stand.</summary>
    public StepContext<T> Run(Stepper<T> stepper, int steps)
    {
        var context = new StepContext<T>(this, new Parameters<T>(stepper.Parameters.Layout), 100);
        for (var step = 0; step < steps; step++)
        {
            context.Begin(stepper.Parameters);
            stepper.Step(context);
        }

        return context;
    }
}
