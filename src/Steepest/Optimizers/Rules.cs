using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// An element-wise rule without state: what one step makes of a parameter and its gradient. Implement it as a struct, written once over
/// lanes: the sweep is compiled for it, at each lane width, with equal bits. Several threads call it at once, each for numbers of its own: what it makes
/// must depend on nothing but its arguments and the constants in it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The new parameters.</summary>
    /// <param name="θ">Parameters.</param>
    /// <param name="g">Their gradient.</param>
    /// <typeparam name="V">The lane.</typeparam>
    V Step<V>(V θ, V g)
        where V : struct, ILane<V, T>;
}

/// <summary>An element-wise rule with one number of state a parameter; see <see cref="IRule{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRule1<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The new parameters; the state is changed in place.</summary>
    /// <param name="θ">Parameters.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="s">Their state.</param>
    /// <typeparam name="V">The lane.</typeparam>
    V Step<V>(V θ, V g, ref V s)
        where V : struct, ILane<V, T>;
}

/// <summary>An element-wise rule with two numbers of state a parameter; see <see cref="IRule{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRule2<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The new parameters; the state is changed in place.</summary>
    /// <param name="θ">Parameters.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="s1">Their first state.</param>
    /// <param name="s2">Their second state.</param>
    /// <typeparam name="V">The lane.</typeparam>
    V Step<V>(V θ, V g, ref V s1, ref V s2)
        where V : struct, ILane<V, T>;
}

/// <summary>An element-wise rule with three numbers of state a parameter; see <see cref="IRule{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRule3<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The new parameters; the state is changed in place.</summary>
    /// <param name="θ">Parameters.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="s1">Their first state.</param>
    /// <param name="s2">Their second state.</param>
    /// <param name="s3">Their third state.</param>
    /// <typeparam name="V">The lane.</typeparam>
    V Step<V>(V θ, V g, ref V s1, ref V s2, ref V s3)
        where V : struct, ILane<V, T>;
}

/// <summary>An element-wise rule with four numbers of state a parameter; see <see cref="IRule{T}"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IRule4<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The new parameters; the state is changed in place.</summary>
    /// <param name="θ">Parameters.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="s1">Their first state.</param>
    /// <param name="s2">Their second state.</param>
    /// <param name="s3">Their third state.</param>
    /// <param name="s4">Their fourth state.</param>
    /// <typeparam name="V">The lane.</typeparam>
    V Step<V>(V θ, V g, ref V s1, ref V s2, ref V s3, ref V s4)
        where V : struct, ILane<V, T>;
}
