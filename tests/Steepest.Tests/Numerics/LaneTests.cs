using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public sealed class DoubleLaneTests : LaneTests<double>;

public sealed class FloatLaneTests : LaneTests<float>;

/// <summary>Every operation of every lane against the arithmetic of single numbers.</summary>
public abstract class LaneTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private static readonly T[][] Triples = LaneArguments.Triples<T>(2000);

    [Fact]
    public void A_lane_holds_as_many_numbers_as_fit()
    {
        var size = Unsafe.SizeOf<T>();
        Assert.Equal((1, 16 / size, 32 / size, 64 / size), (LaneScalar<T>.Count, Lane128<T>.Count, Lane256<T>.Count, Lane512<T>.Count));
        Assert.Equal(Lane512<T>.Count, Lanes.Widest<T>());
        Assert.Equal([0, Lane512<T>.Count, Lane512<T>.Count, 2 * Lane512<T>.Count],
            ((int[])[0, 1, Lane512<T>.Count, Lane512<T>.Count + 1]).Select(Lanes.Padded<T>));
    }

    [Fact]
    public void Sum_difference_product_and_quotient_are_those_of_single_numbers()
    {
        EveryWidth.AssertGives(default(Add), Triples, (x, y, _) => x + y);
        EveryWidth.AssertGives(default(Subtract), Triples, (x, y, _) => x - y);
        EveryWidth.AssertGives(default(Multiply), Triples, (x, y, _) => x * y);
        EveryWidth.AssertGives(default(Divide), Triples, (x, y, _) => x / y);
    }

    [Fact]
    public void One_number_enters_every_place()
    {
        foreach (var number in LaneArguments.Special<T>())
        {
            EveryWidth.AssertGives(new Broadcast(number), Triples[..40], (_, _, _) => number);
            EveryWidth.AssertGives(new Scale(number), Triples[^40..], (x, _, _) => number * x);
            EveryWidth.AssertGives(new Shift(number), Triples[^40..], (x, _, _) => x + number);
        }
    }

    [Fact]
    public void Root_magnitude_and_sign_are_those_of_single_numbers()
    {
        EveryWidth.AssertGives(default(Root), Triples, (x, _, _) => T.Sqrt(x));
        EveryWidth.AssertGives(default(Magnitude), Triples, (x, _, _) => T.Abs(x));
        EveryWidth.AssertGives(default(Sign), [.. Triples.Where(t => !T.IsNaN(t[1]))], (x, y, _) => T.CopySign(x, y));
    }

    [Fact]
    public void A_fused_multiply_add_rounds_once()
    {
        EveryWidth.AssertGives(default(Fused), Triples, T.FusedMultiplyAdd);
        var tiny = T.BitIncrement(T.One) - T.One;
        T[][] lostWhenRoundedTwice = [[T.One + tiny, T.One - tiny, -T.One]];
        EveryWidth.AssertGives(default(Fused), lostWhenRoundedTwice, (_, _, _) => -tiny * tiny);
    }

    [Fact]
    public void A_choice_takes_the_greater_s_side_and_a_NaN_the_other() =>
        EveryWidth.AssertGives(default(Choose), Triples, (x, y, z) => x > y ? z : x);

    [Fact]
    public void Powers_of_two_are_exact_over_the_normal_numbers()
    {
        var highest = typeof(T) == typeof(double) ? 1023 : 127;
        T[][] exponents = [.. Enumerable.Range(1 - highest, 2 * highest).Select(n => (T[])[T.CreateChecked(n), T.Zero, T.Zero])];
        EveryWidth.AssertGives(default(Power), exponents, (n, _, _) => T.ScaleB(T.One, int.CreateChecked(n)));
    }

    [Fact]
    public void A_positive_normal_number_splits_into_mantissa_and_exponent()
    {
        var rootOfHalf = T.Sqrt(T.CreateChecked(0.5));
        T[] powers = [T.ScaleB(T.One, -3), T.One, T.ScaleB(T.One, 5)];
        T[] borders = [.. powers.SelectMany(p => (T[])[p, T.BitDecrement(p), T.BitIncrement(p), rootOfHalf * p, T.BitDecrement(rootOfHalf * p)])];
        T[][] numbers = [.. borders.Select(x => (T[])[x, T.Zero, T.Zero]), .. Triples.Where(t => T.IsNormal(t[0]) && T.IsPositive(t[0]))];

        EveryWidth.AssertGives(default(Mantissa), numbers, (x, _, _) => T.ScaleB(x, -Exponent(x)));
        EveryWidth.AssertGives(default(ExponentOf), numbers, (x, _, _) => T.CreateChecked(Exponent(x)));

        int Exponent(T x)
        {
            var exponent = T.ILogB(x);
            return T.ScaleB(x, -exponent - 1) >= rootOfHalf ? exponent + 1 : exponent;
        }
    }

    [Fact]
    public void Every_function_has_the_same_bits_at_every_width()
    {
        var generator = new Pcg64(3);
        T[][] arguments =
        [
            .. Triples.Where(t => T.IsNaN(t[1]) || t[1] == T.One), .. Triples[^4000..],
            .. Enumerable.Range(0, 4000).Select(_ => (T[])[T.CreateChecked(generator.Uniform(-800, 800)), T.Zero, T.Zero]),
        ];
        EveryWidth.AssertSame(default(Exp), arguments);
        EveryWidth.AssertSame(default(Log), arguments);
        EveryWidth.AssertSame(default(Tanh), arguments);
        EveryWidth.AssertSame(default(Sigmoid), arguments);
        EveryWidth.AssertSame(default(ExpMinusOne), arguments);
        EveryWidth.AssertSame(default(LogPlusOne), arguments);
        EveryWidth.AssertSame(default(Softplus), arguments);
        EveryWidth.AssertSame(default(Erf), arguments);
        EveryWidth.AssertSame(default(NormalTail), arguments);
        EveryWidth.AssertSame(default(RealPower), Triples);
    }

    private readonly struct Add : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => x + y;
    }

    private readonly struct Subtract : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => x - y;
    }

    private readonly struct Multiply : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => x * y;
    }

    private readonly struct Divide : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => x / y;
    }

    private readonly struct Broadcast(T number) : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.Broadcast(number);
    }

    private readonly struct Scale(T number) : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => number * x;
    }

    private readonly struct Shift(T number) : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => x + number;
    }

    private readonly struct Root : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.Sqrt(x);
    }

    private readonly struct Magnitude : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.Abs(x);
    }

    private readonly struct Sign : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.CopySign(x, y);
    }

    private readonly struct Fused : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.FusedMultiplyAdd(x, y, z);
    }

    private readonly struct Choose : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.WhereGreater(x, y, z, x);
    }

    private readonly struct Power : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.PowerOfTwo(x);
    }

    private readonly struct Mantissa : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => V.SplitExponent(x, out _);
    }

    private readonly struct ExponentOf : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z)
        {
            V.SplitExponent(x, out var exponent);
            return exponent;
        }
    }

    private readonly struct Exp : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.Exp<V, T>(x);
    }

    private readonly struct Log : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.Log<V, T>(x);
    }

    private readonly struct Tanh : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.Tanh<V, T>(x);
    }

    private readonly struct Sigmoid : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.Sigmoid<V, T>(x);
    }

    private readonly struct ExpMinusOne : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.ExpMinusOne<V, T>(x);
    }

    private readonly struct LogPlusOne : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.LogPlusOne<V, T>(x);
    }

    private readonly struct Softplus : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.Softplus<V, T>(x);
    }

    private readonly struct Erf : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneNormal.Erf<V, T>(x);
    }

    private readonly struct NormalTail : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneNormal.Tail<V, T>(x, out _);
    }

    private readonly struct RealPower : ILaneOperation<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => LaneMath.Pow<V, T>(x, y);
    }
}
