using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>One step of an optimizer on so many float parameters, and what it is measured beside.</summary>
internal sealed class OptimizerStep
{
    private readonly Parameters<float> parameters, m, v;
    private readonly StepContext<float> context;
    private readonly Stepper<float> adam, gradientDescent;

    public OptimizerStep(int count, int threads)
    {
        var layout = ParameterLayout.Of<float>(("all", ParameterRole.Weight, [count]));
        parameters = new(layout);
        context = new(new Nowhere(), new Parameters<float>(layout), 1) { Threads = threads };
        var chance = new Pcg64(1);
        foreach (ref var g in context.Gradient.Values[..count]) g = (float)chance.Uniform(-1e-3, 1e-3);
        foreach (ref var p in parameters.Values[..count]) p = (float)chance.Uniform(-1, 1);
        adam = new Adam(1e-3).CreateStepper(parameters);

        // All contenders work on the same memory: where it lies makes a difference.
        (m, v) = (adam.State[0].Values, adam.State[1].Values);
        gradientDescent = new GradientDescent(1e-3).CreateStepper(parameters);
    }

    public void Adam() => adam.Step(context);

    public void Adam(CLoops c) => c.Adam(parameters, context.Gradient, m, v);

    public void GradientDescent() => gradientDescent.Step(context);

    public void GradientDescent(CLoops c) => c.GradientDescent(parameters, context.Gradient);

    public void Copy() => context.Gradient.Values.CopyTo(m.Values);

    /// <summary>Reads and writes what a step with so many states does.</summary>
    public void Stream(int states)
    {
        var work = states == 0 ? new Streams<float>(parameters, context.Gradient) : new Streams<float>(parameters, context.Gradient, m, v);
        Lanes.Run<float, Streams<float>>(ref work);
    }

    /// <summary>The gradient is given; nobody asks for another.</summary>
    private sealed class Nowhere : IObjective<float>
    {
        public double Evaluate(Parameters<float> at, Parameters<float> gradient) => throw new NotSupportedException("Only the step is measured.");
    }
}
