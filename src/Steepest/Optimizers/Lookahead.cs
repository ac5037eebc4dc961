using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Lookahead (Zhang et al. 2019, Algorithm 1): every few steps of another optimizer the parameters go back part of the way.</summary>
/// <remarks>
/// <code>
/// after every k steps of the other: φ ← φ + s (θ − φ)
///                                   θ ← φ
/// </code>
/// <para>optax: keeps both weights and evaluates the slow ones, which are the same after every k steps.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: one number a parameter beside the other's.</para>
/// <para>As in the paper and the authors' code, which leave the other's state as it is.</para>
/// </remarks>
/// <param name="Inner">The other optimizer.</param>
/// <param name="Steps">k, steps of the other between two returns: at least 1.</param>
/// <param name="Share">s, how much of the way is kept: greater than 0, at most 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1907.08610">Zhang et al. 2019: Lookahead Optimizer: k steps forward, 1 step back</seealso>
public sealed record Lookahead(Optimizer Inner, int Steps = 5, double Share = 0.5) : Optimizer
{
    private static readonly Setting StepsSetting = new("k", 5, Interval.WholeFrom1, "k, steps between two returns");
    private static readonly Setting ShareSetting = new("share", 0.5, Interval.PartOfOne, "s, how much of the way is kept");

    /// <summary>The other optimizer.</summary>
    public Optimizer Inner { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Inner ?? throw new ArgumentNullException(nameof(Inner));

    /// <summary>The learning rate of the other.</summary>
    public override Schedule LearningRate { get => Inner.LearningRate; init => Inner = Inner with { LearningRate = value }; }

    /// <summary>k, steps of the other between two returns.</summary>
    public int Steps { get; init => field = (int)StepsSetting.Checked(value, "lookahead"); } = (int)StepsSetting.Checked(Steps, "lookahead");

    /// <summary>s, how much of the way is kept.</summary>
    public double Share { get; init => field = ShareSetting.Checked(value, "lookahead"); } = ShareSetting.Checked(Share, "lookahead");

    /// <inheritdoc/>
    public override OptimizerInfo Info => AboutAround(Inner);

    /// <inheritdoc/>
    public override OptimizerScope Scope => Inner.Scope;

    internal override Optimizer? Wrapped => Inner;

    /// <inheritdoc/>
    public override bool NeedsAllRows => Inner.NeedsAllRows;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double> { ["k"] = Steps, ["share"] = Share };

    /// <summary>Its name, source and settings around another optimizer.</summary>
    /// <param name="inner">The other.</param>
    public static OptimizerInfo AboutAround(Optimizer inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new(
            $"lookahead({inner})", $"Lookahead of {inner.Title}", $"Zhang et al. 2019; {inner.Info.Source}", inner.StatePerParameter + 1,
            [inner.Info.Settings[0], StepsSetting, ShareSetting],
            (learningRate, s) => new Lookahead(inner with { LearningRate = learningRate }, (int)s["k"], s["share"]));
    }

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) => Inner.BiasCorrection(step);

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new AtWork<T>(this, Inner.CreateStepper(parameters));

    private sealed class AtWork<T> : WrappingStepper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Lookahead lookahead;
        private readonly Parameters<T> slow;

        public AtWork(Lookahead lookahead, Stepper<T> inner)
            : base(inner)
        {
            this.lookahead = lookahead;
            slow = new Parameters<T>(Parameters.Layout);
            slow.CopyFrom(Parameters);
            State = [.. inner.State, new($"slow weights {inner.State.Count}", StateShape.LikeParameters, slow)];
        }

        public override IReadOnlyList<StateBlock<T>> State { get; }

        protected override void Apply(StepContext<T> context)
        {
            Inner.Step(context);
            if (StepCount % lookahead.Steps != 0) return;
            var work = new OneState<T, Rule<T>>.Pass(
                new(T.CreateChecked(lookahead.Share)), ref Parameters.Buffer.First, ref context.Gradient.Buffer.First, ref slow.Buffer.First, Parameters.Buffer.Length);
            ThreadTeam.Run<T, OneState<T, Rule<T>>.Pass>(ref work, context.Threads);
        }
    }

    private readonly struct Rule<T>(T share) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V φ)
            where V : struct, ILane<V, T>
        {
            φ += share * (θ - φ);
            return φ;
        }
    }
}
