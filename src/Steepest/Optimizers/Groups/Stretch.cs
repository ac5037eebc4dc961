using System.Numerics;

namespace Steepest;

/// <summary>Neighbouring segments with a stepper of their own.</summary>
internal sealed class Stretch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterLayout layout;
    private StepContext<T>? context;

    public Stretch(Parameters<T> parameters, Optimizer optimizer, int firstSegment, int count)
    {
        layout = parameters.Layout.Slice(firstSegment, count);
        Start = parameters.Layout.Segments[firstSegment].Offset;
        Optimizer = optimizer;
        Stepper = optimizer.CreateStepper(parameters.Slice(Start, layout));
        Name = count == 1 ? layout.Segments[0].Name : $"{layout.Segments[0].Name} to {layout.Segments[^1].Name}";
    }

    public Optimizer Optimizer { get; }

    public Stepper<T> Stepper { get; }

    /// <summary>Where it begins in the whole buffer.</summary>
    public int Start { get; }

    /// <summary>No other stretch has it, since no other has these segments.</summary>
    public string Name { get; }

    /// <summary>Whether a place of the whole buffer lies in it.</summary>
    public bool Contains(int place) => place >= Start && place - Start < layout.BufferLength;

    /// <summary>Its part of a buffer that is laid out like the whole.</summary>
    public Span<T> Of(Parameters<T> whole) => whole.Values.Slice(Start, layout.BufferLength);

    /// <summary>From now on steps along its part of this context's gradient.</summary>
    public void Attach(StepContext<T> whole, Lookout<T> lookout) => context = new StepContext<T>(
        new Objective(this, lookout), whole.Gradient.Slice(Start, layout), whole.TotalSteps);

    public void Step(double loss, int threads)
    {
        context!.Loss = loss;
        context.Threads = threads;
        Stepper.Step(context);
    }

    private sealed class Objective(Stretch<T> stretch, Lookout<T> lookout) : IObjective<T>
    {
        public double Evaluate(Parameters<T> at, Parameters<T> gradient) => lookout.Evaluate(stretch, at, gradient);
    }
}
