using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The sweep of a rule with three states.</summary>
internal sealed class ThreeStates<T, TRule>(
    Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, InitialState<T>[] states, IReadOnlyList<ScalarState> scalars)
    : ElementwiseStepper<T, TRule>(parameters, learningRate, ruleOf, states, scalars)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule3<T>
{
    protected override void Sweep(TRule rule, Parameters<T> gradient, int threads)
    {
        var pass = new Pass(
            rule,
            ref Parameters.Buffer.First,
            ref gradient.Buffer.First,
            ref State[0].Values.Buffer.First,
            ref State[1].Values.Buffer.First,
            ref State[2].Values.Buffer.First,
            Parameters.Buffer.Length);
        ThreadTeam.Run<T, Pass>(ref pass, threads);
    }

    internal readonly ref struct Pass(TRule rule, ref T θ, ref T g, ref T s1, ref T s2, ref T s3, int length) : ISplitWork<T>
    {
        private readonly ref T θ = ref θ;
        private readonly ref T g = ref g;
        private readonly ref T s1 = ref s1;
        private readonly ref T s2 = ref s2;
        private readonly ref T s3 = ref s3;

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
                ref var at3 = ref Unsafe.Add(ref s3, i);
                var state1 = V.Load(in at1);
                var state2 = V.Load(in at2);
                var state3 = V.Load(in at3);
                V.Store(step.Step(V.Load(in at), V.Load(in Unsafe.Add(ref g, i)), ref state1, ref state2, ref state3), ref at);
                V.Store(state1, ref at1);
                V.Store(state2, ref at2);
                V.Store(state3, ref at3);
            }
        }
    }
}

/// <summary>The sweep of a rule with four states.</summary>
internal sealed class FourStates<T, TRule>(
    Parameters<T> parameters, Schedule learningRate, RuleOfStep<TRule> ruleOf, InitialState<T>[] states, IReadOnlyList<ScalarState> scalars)
    : ElementwiseStepper<T, TRule>(parameters, learningRate, ruleOf, states, scalars)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule4<T>
{
    protected override void Sweep(TRule rule, Parameters<T> gradient, int threads)
    {
        var pass = new Pass(
            rule,
            ref Parameters.Buffer.First,
            ref gradient.Buffer.First,
            ref State[0].Values.Buffer.First,
            ref State[1].Values.Buffer.First,
            ref State[2].Values.Buffer.First,
            ref State[3].Values.Buffer.First,
            Parameters.Buffer.Length);
        ThreadTeam.Run<T, Pass>(ref pass, threads);
    }

    internal readonly ref struct Pass(TRule rule, ref T θ, ref T g, ref T s1, ref T s2, ref T s3, ref T s4, int length) : ISplitWork<T>
    {
        private readonly ref T θ = ref θ;
        private readonly ref T g = ref g;
        private readonly ref T s1 = ref s1;
        private readonly ref T s2 = ref s2;
        private readonly ref T s3 = ref s3;
        private readonly ref T s4 = ref s4;

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
                ref var at3 = ref Unsafe.Add(ref s3, i);
                ref var at4 = ref Unsafe.Add(ref s4, i);
                var state1 = V.Load(in at1);
                var state2 = V.Load(in at2);
                var state3 = V.Load(in at3);
                var state4 = V.Load(in at4);
                V.Store(step.Step(V.Load(in at), V.Load(in Unsafe.Add(ref g, i)), ref state1, ref state2, ref state3, ref state4), ref at);
                V.Store(state1, ref at1);
                V.Store(state2, ref at2);
                V.Store(state3, ref at3);
                V.Store(state4, ref at4);
            }
        }
    }
}
