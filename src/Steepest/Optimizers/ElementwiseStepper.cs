using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Makes the rule of one step, its constants computed in double and rounded once.</summary>
/// <param name="at">The step's number, its learning rate and its momentum where the schedule drives it.</param>
/// <typeparam name="TRule">The rule.</typeparam>
public delegate TRule RuleOfStep<out TRule>(StepSettings at)
    where TRule : struct;

/// <summary>
/// The driver of element-wise rules: one pass over the flat buffer, padding included, at the widest lane of the machine. The buffer's length is
/// a whole number of lanes at every width.
/// </summary>
public static class ElementwiseStepper
{
    /// <summary>A stepper for a rule without state.</summary>
    /// <param name="parameters">What the steps change.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="ruleOf">Makes the rule of a step.</param>
    /// <param name="decay">What is done to parameters and gradient before the rule.</param>
    /// <param name="scalars">Single numbers of state that <paramref name="ruleOf"/> keeps.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRule">The rule, a struct.</typeparam>
    public static Stepper<T> Stateless<T, TRule>(
        Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, Decay decay = default, params IReadOnlyList<ScalarState> scalars)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IRule<T> => decay.IsNothing
            ? new Stateless<T, TRule>(parameters, learningRate, ruleOf, [], scalars)
            : new Stateless<T, Decayed<T, TRule>>(parameters, learningRate, at => new(ruleOf(at), decay, at.LearningRate), [], scalars);

    /// <summary>A stepper for a rule with one number of state a parameter, zero at the start.</summary>
    /// <param name="parameters">What the steps change.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="state">The state's name; see <see cref="StateBlock"/>.</param>
    /// <param name="ruleOf">Makes the rule of a step.</param>
    /// <param name="decay">What is done to parameters and gradient before the rule.</param>
    /// <param name="scalars">Single numbers of state that <paramref name="ruleOf"/> keeps.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRule">The rule, a struct.</typeparam>
    public static Stepper<T> OneState<T, TRule>(
        Parameters<T> parameters, Schedule learningRate, string state, RuleOfStep<TRule> ruleOf, Decay decay = default, params IReadOnlyList<ScalarState> scalars)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IRule1<T> => decay.IsNothing
            ? new OneState<T, TRule>(parameters, learningRate, ruleOf, [state], scalars)
            : new OneState<T, Decayed1<T, TRule>>(parameters, learningRate, at => new(ruleOf(at), decay, at.LearningRate), [state], scalars);

    /// <summary>A stepper for a rule with two numbers of state a parameter, zero at the start.</summary>
    /// <param name="parameters">What the steps change.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="state1">The first state's name; see <see cref="StateBlock"/>.</param>
    /// <param name="state2">The second state's name.</param>
    /// <param name="ruleOf">Makes the rule of a step.</param>
    /// <param name="decay">What is done to parameters and gradient before the rule.</param>
    /// <param name="scalars">Single numbers of state that <paramref name="ruleOf"/> keeps.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRule">The rule, a struct.</typeparam>
    public static Stepper<T> TwoStates<T, TRule>(
        Parameters<T> parameters, Schedule learningRate, string state1, string state2, RuleOfStep<TRule> ruleOf, Decay decay = default, params IReadOnlyList<ScalarState> scalars)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IRule2<T> => decay.IsNothing
            ? new TwoStates<T, TRule>(parameters, learningRate, ruleOf, [state1, state2], scalars)
            : new TwoStates<T, Decayed2<T, TRule>>(parameters, learningRate, at => new(ruleOf(at), decay, at.LearningRate), [state1, state2], scalars);

    /// <summary>A stepper for a rule with three numbers of state a parameter, zero at the start.</summary>
    /// <param name="parameters">What the steps change.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="state1">The first state's name; see <see cref="StateBlock"/>.</param>
    /// <param name="state2">The second state's name.</param>
    /// <param name="state3">The third state's name.</param>
    /// <param name="ruleOf">Makes the rule of a step.</param>
    /// <param name="decay">What is done to parameters and gradient before the rule.</param>
    /// <param name="scalars">Single numbers of state that <paramref name="ruleOf"/> keeps.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRule">The rule, a struct.</typeparam>
    public static Stepper<T> ThreeStates<T, TRule>(
        Parameters<T> parameters, Schedule learningRate, string state1, string state2, string state3, RuleOfStep<TRule> ruleOf, Decay decay = default, params IReadOnlyList<ScalarState> scalars)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IRule3<T> => decay.IsNothing
            ? new ThreeStates<T, TRule>(parameters, learningRate, ruleOf, [state1, state2, state3], scalars)
            : new ThreeStates<T, Decayed3<T, TRule>>(parameters, learningRate, at => new(ruleOf(at), decay, at.LearningRate), [state1, state2, state3], scalars);

    /// <summary>A stepper for a rule with four numbers of state a parameter, zero at the start.</summary>
    /// <param name="parameters">What the steps change.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="state1">The first state's name; see <see cref="StateBlock"/>.</param>
    /// <param name="state2">The second state's name.</param>
    /// <param name="state3">The third state's name.</param>
    /// <param name="state4">The fourth state's name.</param>
    /// <param name="ruleOf">Makes the rule of a step.</param>
    /// <param name="decay">What is done to parameters and gradient before the rule.</param>
    /// <param name="scalars">Single numbers of state that <paramref name="ruleOf"/> keeps.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRule">The rule, a struct.</typeparam>
    public static Stepper<T> FourStates<T, TRule>(
        Parameters<T> parameters, Schedule learningRate, string state1, string state2, string state3, string state4, RuleOfStep<TRule> ruleOf, Decay decay = default, params IReadOnlyList<ScalarState> scalars)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IRule4<T> => decay.IsNothing
            ? new FourStates<T, TRule>(parameters, learningRate, ruleOf, [state1, state2, state3, state4], scalars)
            : new FourStates<T, Decayed4<T, TRule>>(parameters, learningRate, at => new(ruleOf(at), decay, at.LearningRate), [state1, state2, state3, state4], scalars);
}

/// <summary>A state by its name, with the numbers that it begins with; zeros where there are none.</summary>
internal readonly record struct InitialState<T>(string Name, Parameters<T>? Values = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static implicit operator InitialState<T>(string name) => new(name);

    public static implicit operator InitialState<T>((string Name, Parameters<T> Values) state) => new(state.Name, state.Values);
}

/// <summary>How a sweep over a buffer falls into parts: of 32,768 numbers, so that the arrays of one stay in a core's second cache.</summary>
internal static class SweepParts
{
    private const int Length = 32 * 1024;

    public static int Of(int length) => Math.Max((length + Length - 1) / Length, 1);

    public static int Start(int part) => part * Length;
}

/// <summary>What the element-wise steppers share: state laid out like the parameters, and the rule of each step.</summary>
internal abstract class ElementwiseStepper<T, TRule>(
    Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, InitialState<T>[] states, IReadOnlyList<ScalarState> scalars)
    : Stepper<T>(parameters, learningRate)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct
{
    private readonly StateBlock<T>[] blocks = [.. states.Select(state => new StateBlock<T>(state.Name, StateShape.LikeParameters, state.Values ?? new Parameters<T>(parameters.Layout)))];
    private IReadOnlyList<ScalarState>? allScalars;

    public override IReadOnlyList<StateBlock<T>> State => blocks;

    public override IReadOnlyList<ScalarState> Scalars => allScalars ??= [.. base.Scalars, .. scalars];

    public override Parameters<T> EvaluationParameters => Evaluated?.Invoke() ?? Parameters;

    /// <summary>What is evaluated instead of the parameters.</summary>
    public Func<Parameters<T>>? Evaluated { get; init; }

    /// <summary>What is to be known of the whole gradient before the rule of a step is made.</summary>
    public Action<Parameters<T>>? Prepare { get; init; }

    internal override bool MayEvaluate => false;

    [MethodImpl(Compiled.Once)]
    protected override void Apply(StepContext<T> context)
    {
        Prepare?.Invoke(context.Gradient);
        Sweep(ruleOf(SettingsOf(context)), context.Gradient, context.Threads);

        // A rule may make something of nothing, such as 0/0; it must not be taken for a parameter.
        Parameters.ClearPadding();
        foreach (var block in blocks) block.Values.ClearPadding();
    }

    protected abstract void Sweep(TRule rule, Parameters<T> gradient, int threads);
}

/// <summary>The sweep of a rule without state.</summary>
internal sealed class Stateless<T, TRule>(
    Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, InitialState<T>[] states, IReadOnlyList<ScalarState> scalars)
    : ElementwiseStepper<T, TRule>(parameters, learningRate, ruleOf, states, scalars)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule<T>
{
    protected override void Sweep(TRule rule, Parameters<T> gradient, int threads)
    {
        var pass = new Pass(rule, ref Parameters.Buffer.First, ref gradient.Buffer.First, Parameters.Buffer.Length);
        ThreadTeam.Run<T, Pass>(ref pass, threads);
    }

    internal readonly ref struct Pass(TRule rule, ref T θ, ref T g, int length) : ISplitWork<T>
    {
        private readonly ref T θ = ref θ;
        private readonly ref T g = ref g;

        public int Parts => SweepParts.Of(length);

        [MethodImpl(Compiled.Once)]
        public void Run<V>(int part)
            where V : struct, IKernelLane<V, T>
        {
            var step = rule;
            var end = Math.Min(SweepParts.Start(part + 1), length);
            for (var i = SweepParts.Start(part); i < end; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref θ, i);
                V.Store(step.Step(V.Load(in at), V.Load(in Unsafe.Add(ref g, i))), ref at);
            }
        }
    }
}

/// <summary>The sweep of a rule with one state.</summary>
internal sealed class OneState<T, TRule>(
    Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, InitialState<T>[] states, IReadOnlyList<ScalarState> scalars)
    : ElementwiseStepper<T, TRule>(parameters, learningRate, ruleOf, states, scalars)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule1<T>
{
    protected override void Sweep(TRule rule, Parameters<T> gradient, int threads)
    {
        var pass = new Pass(rule, ref Parameters.Buffer.First, ref gradient.Buffer.First, ref State[0].Values.Buffer.First, Parameters.Buffer.Length);
        ThreadTeam.Run<T, Pass>(ref pass, threads);
    }

    internal readonly ref struct Pass(TRule rule, ref T θ, ref T g, ref T s, int length) : ISplitWork<T>
    {
        private readonly ref T θ = ref θ;
        private readonly ref T g = ref g;
        private readonly ref T s = ref s;

        public int Parts => SweepParts.Of(length);

        [MethodImpl(Compiled.Once)]
        public void Run<V>(int part)
            where V : struct, IKernelLane<V, T>
        {
            var step = rule;
            var end = Math.Min(SweepParts.Start(part + 1), length);
            for (var i = SweepParts.Start(part); i < end; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref θ, i);
                ref var stateAt = ref Unsafe.Add(ref s, i);

                // The state passes through a local: a reference into the buffer would be stored and read again at every use.
                var state = V.Load(in stateAt);
                V.Store(step.Step(V.Load(in at), V.Load(in Unsafe.Add(ref g, i)), ref state), ref at);
                V.Store(state, ref stateAt);
            }
        }
    }
}

/// <summary>The sweep of a rule with two states.</summary>
internal sealed class TwoStates<T, TRule>(
    Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, InitialState<T>[] states, IReadOnlyList<ScalarState> scalars)
    : ElementwiseStepper<T, TRule>(parameters, learningRate, ruleOf, states, scalars)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule2<T>
{
    protected override void Sweep(TRule rule, Parameters<T> gradient, int threads)
    {
        var pass = new Pass(
            rule, ref Parameters.Buffer.First, ref gradient.Buffer.First, ref State[0].Values.Buffer.First, ref State[1].Values.Buffer.First, Parameters.Buffer.Length);
        ThreadTeam.Run<T, Pass>(ref pass, threads);
    }

    internal readonly ref struct Pass(TRule rule, ref T θ, ref T g, ref T s1, ref T s2, int length) : ISplitWork<T>
    {
        private readonly ref T θ = ref θ;
        private readonly ref T g = ref g;
        private readonly ref T s1 = ref s1;
        private readonly ref T s2 = ref s2;

        public int Parts => SweepParts.Of(length);

        [MethodImpl(Compiled.Once)]
        public void Run<V>(int part)
            where V : struct, IKernelLane<V, T>
        {
            var step = rule;
            var end = Math.Min(SweepParts.Start(part + 1), length);
            for (var i = SweepParts.Start(part); i < end; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref θ, i);
                ref var at1 = ref Unsafe.Add(ref s1, i);
                ref var at2 = ref Unsafe.Add(ref s2, i);
                var state1 = V.Load(in at1);
                var state2 = V.Load(in at2);
                V.Store(step.Step(V.Load(in at), V.Load(in Unsafe.Add(ref g, i)), ref state1, ref state2), ref at);
                V.Store(state1, ref at1);
                V.Store(state2, ref at2);
            }
        }
    }
}
