using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What is done to parameters and gradient before a rule sees them: weight decay, and the turn of the gradient where the loss is to grow.</summary>
/// <remarks>
/// <para>g ← −g where the loss is to grow</para>
/// <para>coupled (L2 regularisation): g ← g + λ θ; decoupled (Loshchilov and Hutter 2019): θ ← θ − α λ θ</para>
/// <para>As in PyTorch, which decays all parameters, biases too; a <see cref="Penalty"/> leaves biases alone and is part of the loss.</para>
/// </remarks>
/// <param name="Rate">λ: not negative.</param>
/// <param name="IsDecoupled">Whether it acts on the parameters instead of the gradient.</param>
/// <param name="Maximizes">Whether the loss is to grow.</param>
public readonly record struct Decay(double Rate, bool IsDecoupled = false, bool Maximizes = false)
{
    /// <summary>Whether nothing is done.</summary>
    internal bool IsNothing => Rate == 0 && !Maximizes;

    /// <summary>What remains of a parameter before the step.</summary>
    /// <param name="learningRate">α.</param>
    internal double Kept(double learningRate) => IsDecoupled ? 1 - (learningRate * Rate) : 1;

    /// <summary>How much of a parameter goes into its gradient.</summary>
    internal double Added => IsDecoupled ? 0 : Rate;

    /// <summary>What the gradient is multiplied by.</summary>
    internal double Sign => Maximizes ? -1 : 1;
}

/// <summary>A rule without state behind a <see cref="Decay"/>.</summary>
internal readonly struct Decayed<T, TRule>(TRule rule, Decay decay, double learningRate) : IRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule<T>
{
    private readonly T kept = T.CreateChecked(decay.Kept(learningRate));
    private readonly T λ = T.CreateChecked(decay.Added);
    private readonly T sign = T.CreateChecked(decay.Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V θ, V g)
        where V : struct, ILane<V, T> => rule.Step(kept * θ, (sign * g) + (λ * θ));
}

/// <summary>A rule with one state behind a <see cref="Decay"/>.</summary>
internal readonly struct Decayed1<T, TRule>(TRule rule, Decay decay, double learningRate) : IRule1<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule1<T>
{
    private readonly T kept = T.CreateChecked(decay.Kept(learningRate));
    private readonly T λ = T.CreateChecked(decay.Added);
    private readonly T sign = T.CreateChecked(decay.Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V θ, V g, ref V s1)
        where V : struct, ILane<V, T> => rule.Step(kept * θ, (sign * g) + (λ * θ), ref s1);
}

/// <summary>A rule with two states behind a <see cref="Decay"/>.</summary>
internal readonly struct Decayed2<T, TRule>(TRule rule, Decay decay, double learningRate) : IRule2<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule2<T>
{
    private readonly T kept = T.CreateChecked(decay.Kept(learningRate));
    private readonly T λ = T.CreateChecked(decay.Added);
    private readonly T sign = T.CreateChecked(decay.Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V θ, V g, ref V s1, ref V s2)
        where V : struct, ILane<V, T> => rule.Step(kept * θ, (sign * g) + (λ * θ), ref s1, ref s2);
}

/// <summary>A rule with three states behind a <see cref="Decay"/>.</summary>
internal readonly struct Decayed3<T, TRule>(TRule rule, Decay decay, double learningRate) : IRule3<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule3<T>
{
    private readonly T kept = T.CreateChecked(decay.Kept(learningRate));
    private readonly T λ = T.CreateChecked(decay.Added);
    private readonly T sign = T.CreateChecked(decay.Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V θ, V g, ref V s1, ref V s2, ref V s3)
        where V : struct, ILane<V, T> => rule.Step(kept * θ, (sign * g) + (λ * θ), ref s1, ref s2, ref s3);
}

/// <summary>A rule with four states behind a <see cref="Decay"/>.</summary>
internal readonly struct Decayed4<T, TRule>(TRule rule, Decay decay, double learningRate) : IRule4<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IRule4<T>
{
    private readonly T kept = T.CreateChecked(decay.Kept(learningRate));
    private readonly T λ = T.CreateChecked(decay.Added);
    private readonly T sign = T.CreateChecked(decay.Sign);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V θ, V g, ref V s1, ref V s2, ref V s3, ref V s4)
        where V : struct, ILane<V, T> => rule.Step(kept * θ, (sign * g) + (λ * θ), ref s1, ref s2, ref s3, ref s4);
}
