using System.Diagnostics;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>An optimizer's step on matrices of 1000 × 1000 float parameters, and the loop it is measured beside.</summary>
internal sealed class RepeatedStep
{
    private const int Side = 1000;

    private readonly Stepper<float> stepper;
    private readonly StepContext<float> context;
    private readonly Parameters<float>[] streamed;

    public RepeatedStep(Optimizer optimizer, int matrices)
    {
        var layout = ParameterLayout.Of<float>([.. Enumerable.Range(0, matrices).Select(i => ($"weight {i}", ParameterRole.Weight, new ValueList<int>([Side, Side])))]);
        var parameters = new Parameters<float>(layout);
        var chance = new Pcg64(1);
        foreach (var segment in layout.Segments)
        {
            foreach (ref var p in parameters[segment]) p = (float)chance.Uniform(-1, 1);
        }

        Parameters = matrices * Side * Side;
        stepper = optimizer.CreateStepper(parameters);
        context = new(new Bowl(parameters), new Parameters<float>(layout), 1_000_000);
        context.Begin(parameters);

        // The first step of some only prepares.
        stepper.Step(context);
        streamed = [.. stepper.State.Where(block => block.Shape == StateShape.LikeParameters && block.Values.Values.Length == parameters.Values.Length).Take(Streams<float>.MostStates).Select(block => block.Values)];
    }

    public int Parameters { get; }

    /// <summary>Numbers of state, all together.</summary>
    public long StateNumbers => stepper.State.Sum(block => (long)block.Values.Values.Length);

    /// <summary>The optimizer's step.</summary>
    /// <param name="name">What the tables call it.</param>
    /// <param name="period">Steps after which their times repeat: a repetition is so many, and its time that of one.</param>
    public Contender Step(string name, int period) => new(name, repetitions => Seconds(repetitions * period, () => stepper.Step(context)) / period);

    /// <summary>The loop over its arrays.</summary>
    public Contender Loop(string name) => new(name, repetitions => Seconds(repetitions, Stream));

    /// <summary>Times only the work: the new gradient before each step, without which some rules would have nothing to do, comes for both contenders.</summary>
    private double Seconds(int repetitions, Action work)
    {
        var ticks = 0L;
        for (var i = 0; i < repetitions; i++)
        {
            context.Begin(stepper.Parameters);
            var started = Stopwatch.GetTimestamp();
            work();
            ticks += Stopwatch.GetTimestamp() - started;
        }

        return (double)ticks / Stopwatch.Frequency;
    }

    private void Stream()
    {
        var work = new Streams<float>(stepper.Parameters, context.Gradient, streamed);
        Lanes.Run<float, Streams<float>>(ref work);
    }

    /// <summary>A bowl whose bottom lies off the start in every direction: the gradient changes with every step, and no moment fades to subnormal numbers, which are slow.</summary>
    private sealed class Bowl : IObjective<float>
    {
        private readonly Parameters<float> bottom;

        public Bowl(Parameters<float> start)
        {
            bottom = new(start.Layout);
            bottom.CopyFrom(start);
            var i = 0;
            foreach (var segment in start.Layout.Segments)
            {
                foreach (ref var b in bottom[segment]) b += (++i % 7) - 2.5f;
            }
        }

        public double Evaluate(Parameters<float> at, Parameters<float> gradient)
        {
            gradient.CopyFrom(at);
            gradient.Add(-1, bottom);
            return 1;
        }
    }
}
