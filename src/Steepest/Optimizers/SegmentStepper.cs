using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What steppers share that work segment by segment, since a segment's norm or shape counts.</summary>
internal abstract class SegmentStepper<T>(Parameters<T> parameters, Schedule learningRate, Decay decay, params string[] states) : Stepper<T>(parameters, learningRate)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<StateBlock<T>> blocks = [.. states.Select(name => new StateBlock<T>(name, StateShape.LikeParameters, new Parameters<T>(parameters.Layout)))];

    public override IReadOnlyList<StateBlock<T>> State => blocks;

    internal override bool MayEvaluate => false;

    protected Decay Decay => decay;

    protected override void Apply(StepContext<T> context)
    {
        var at = SettingsOf(context);
        Begin(at, context.Gradient);
        for (var s = 0; s < Parameters.Layout.Segments.Count; s++) Step(at, s, context);
        Parameters.ClearPadding();
        foreach (var block in blocks) block.Values.ClearPadding();
    }

    /// <summary>What is to be known of all segments first.</summary>
    protected virtual void Begin(StepSettings at, Parameters<T> gradient)
    {
    }

    /// <summary>The step of one segment.</summary>
    protected abstract void Step(StepSettings at, int segment, StepContext<T> context);

    protected void Add(StateBlock<T> block) => blocks.Add(block);

    protected ReadOnlySpan<T> Of(int segment, Parameters<T> all) => all[Parameters.Layout.Segments[segment]];

    protected double NormOf(int segment, Parameters<T> all) => EuclideanNorm.Of(Of(segment, all)).Value;

    /// <summary>Sweeps a rule over one segment: "parameters", "gradient" and no state.</summary>
    protected void Sweep<TRule>(TRule rule, int segment, Parameters<T> θ, Parameters<T> g, int threads)
        where TRule : struct, IRule<T>
    {
        var start = Parameters.Layout.Segments[segment].Offset;
        var pass = new Stateless<T, TRule>.Pass(rule, ref First(θ, start), ref First(g, start), Parameters.Layout.RoomOf(segment));
        ThreadTeam.Run<T, Stateless<T, TRule>.Pass>(ref pass, threads);
    }

    /// <summary>Sweeps a rule over one segment, with one state.</summary>
    protected void Sweep<TRule>(TRule rule, int segment, Parameters<T> θ, Parameters<T> g, Parameters<T> s, int threads)
        where TRule : struct, IRule1<T>
    {
        var start = Parameters.Layout.Segments[segment].Offset;
        var pass = new OneState<T, TRule>.Pass(rule, ref First(θ, start), ref First(g, start), ref First(s, start), Parameters.Layout.RoomOf(segment));
        ThreadTeam.Run<T, OneState<T, TRule>.Pass>(ref pass, threads);
    }

    /// <summary>Sweeps a rule over one segment, with three states.</summary>
    protected void Sweep<TRule>(TRule rule, int segment, Parameters<T> θ, Parameters<T> g, (Parameters<T> S1, Parameters<T> S2, Parameters<T> S3) state, int threads)
        where TRule : struct, IRule3<T>
    {
        var start = Parameters.Layout.Segments[segment].Offset;
        var pass = new ThreeStates<T, TRule>.Pass(
            rule,
            ref First(θ, start),
            ref First(g, start),
            ref First(state.S1, start),
            ref First(state.S2, start),
            ref First(state.S3, start),
            Parameters.Layout.RoomOf(segment));
        ThreadTeam.Run<T, ThreeStates<T, TRule>.Pass>(ref pass, threads);
    }

    private static ref T First(Parameters<T> all, int start) => ref Unsafe.Add(ref all.Buffer.First, start);
}
