using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>Numbers to try operations on.</summary>
internal static class LaneArguments
{
    /// <summary>Zeros, subnormal and huge numbers, infinities and NaN, of both signs, and a few in between.</summary>
    public static T[] Special<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var smallestNormal = T.ScaleB(T.One, typeof(T) == typeof(double) ? -1022 : -126);
        T[] positive =
        [
            T.Zero, T.Epsilon, T.BitDecrement(smallestNormal), smallestNormal, T.CreateChecked(1e-20), T.CreateChecked(0.5),
            T.BitDecrement(T.One), T.One, T.BitIncrement(T.One), T.CreateChecked(1.5), T.Pi, T.CreateChecked(88.7), T.CreateChecked(709.78),
            T.CreateChecked(1e20), T.MaxValue, T.PositiveInfinity,
        ];
        return [.. positive, .. positive.Select(x => -x), T.NaN];
    }

    /// <summary>Every triple of special numbers, then numbers of any bits, then numbers around 1.</summary>
    public static T[][] Triples<T>(int random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var special = Special<T>();
        var generator = new Pcg64(20);
        var triples = special.SelectMany(x => special.SelectMany(y => special.Select(z => (T[])[x, y, z])));
        var anyBits = Enumerable.Range(0, random).Select(_ => (T[])[OfAnyBits<T>(generator), OfAnyBits<T>(generator), OfAnyBits<T>(generator)]);
        var ordinary = Enumerable.Range(0, random).Select(_ => (T[])[Ordinary<T>(generator), Ordinary<T>(generator), Ordinary<T>(generator)]);
        return [.. triples, .. anyBits, .. ordinary];
    }

    public static T OfAnyBits<T>(Pcg64 generator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
            ? Unsafe.BitCast<ulong, T>(generator.NextUInt64())
            : Unsafe.BitCast<uint, T>(generator.NextUInt32());

    public static T Ordinary<T>(Pcg64 generator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateChecked(generator.Uniform(-4, 4));

    public static T[] Ordinary<T>(Pcg64 generator, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Range(0, count).Select(_ => Ordinary<T>(generator))];
}
