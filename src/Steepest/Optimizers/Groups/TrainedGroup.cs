using System.Numerics;

namespace Steepest;

/// <summary>Some segments with a stepper of their own: over a view of their memory where they are neighbours, else over a copy.</summary>
internal sealed class TrainedGroup<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameters<T> all;
    private readonly ParameterLayout layout;
    private readonly (int Start, int Own, int Length)[] pieces;
    private readonly bool isView;
    private StepContext<T>? context;
    private Parameters<T>? gradientOfAll;

    public TrainedGroup(Parameters<T> all, Optimizer optimizer, int[] segments)
    {
        this.all = all;
        Optimizer = optimizer;
        layout = all.Layout.Pick(segments);
        isView = segments[^1] - segments[0] == segments.Length - 1;
        pieces = isView
            ? [(all.Layout.Segments[segments[0]].Offset, 0, layout.BufferLength)]
            : [.. segments.Select((segment, i) => (all.Layout.Segments[segment].Offset, layout.Segments[i].Offset, all.Layout.RoomOf(segment)))];
        Name = (segments.Length, isView) switch
        {
            (1, _) => layout.Segments[0].Name,
            (_, true) => $"{layout.Segments[0].Name} to {layout.Segments[^1].Name}",
            _ => $"{layout.Segments[0].Name} and {Text.Of(segments.Length - 1)} more",
        };
        var own = isView ? all.Slice(pieces[0].Start, layout) : new Parameters<T>(layout);

        // Before the first step, too, an average is equal to the parameters.
        if (!isView) CopyFrom(all, own);
        Stepper = optimizer.CreateStepper(own);
    }

    public Optimizer Optimizer { get; }

    public Stepper<T> Stepper { get; }

    /// <summary>No other group has it, since no other has the first of these segments.</summary>
    public string Name { get; }

    /// <summary>Where a place of the whole buffer lies in the group's own; −1 if it does not.</summary>
    public int PlaceOf(int place)
    {
        foreach (var (start, own, length) in pieces)
        {
            if (place >= start && place - start < length) return own + place - start;
        }

        return -1;
    }

    /// <summary>Takes the group's numbers out of a buffer that is laid out like the whole.</summary>
    public void CopyFrom(Parameters<T> whole, Parameters<T> own)
    {
        foreach (var piece in pieces) whole.Values.Slice(piece.Start, piece.Length).CopyTo(own.Values[piece.Own..]);
    }

    /// <summary>Puts the group's numbers into a buffer that is laid out like the whole.</summary>
    public void CopyTo(Parameters<T> whole, Parameters<T> own)
    {
        foreach (var piece in pieces) own.Values.Slice(piece.Own, piece.Length).CopyTo(whole.Values[piece.Start..]);
    }

    public void Exchange(Parameters<T> whole, Parameters<T> own)
    {
        foreach (var piece in pieces)
        {
            var left = whole.Values.Slice(piece.Start, piece.Length);
            var right = own.Values.Slice(piece.Own, piece.Length);
            for (var i = 0; i < left.Length; i++) (left[i], right[i]) = (right[i], left[i]);
        }
    }

    /// <summary>From now on steps along its part of this context's gradient.</summary>
    public void Attach(StepContext<T> whole, Lookout<T> lookout)
    {
        gradientOfAll = whole.Gradient;
        var gradient = isView ? gradientOfAll.Slice(pieces[0].Start, layout) : new Parameters<T>(layout);
        context = new StepContext<T>(new Objective(this, lookout), gradient, whole.TotalSteps) { StepsPerEpoch = whole.StepsPerEpoch };
    }

    public void Step(double loss, int threads)
    {
        context!.Loss = loss;
        context.Threads = threads;
        if (isView)
        {
            Stepper.Step(context);
            return;
        }

        CopyFrom(gradientOfAll!, context.Gradient);
        CopyFrom(all, Stepper.Parameters);
        Stepper.Step(context);
        CopyTo(all, Stepper.Parameters);
    }

    /// <summary>Goes on from where the whole buffer stands now.</summary>
    public void ResumeAfter(long steps)
    {
        if (!isView) CopyFrom(all, Stepper.Parameters);
        Stepper.ResumeAfter(steps);
    }

    private sealed class Objective(TrainedGroup<T> group, Lookout<T> lookout) : IObjective<T>
    {
        public double Evaluate(Parameters<T> at, Parameters<T> gradient) => lookout.Evaluate(group, at, gradient);
    }
}
