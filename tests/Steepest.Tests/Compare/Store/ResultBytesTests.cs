using CsCheck;
using Steepest.Compare;
using Steepest.Compare.Store;

namespace Steepest.Tests.Compare.Store;

/// <summary>A result as bytes, and back.</summary>
public sealed class ResultBytesTests
{
    // Any bits: NaNs of every kind, infinities, both zeros, subnormal numbers.
    private static readonly Gen<double> AnyBits = Gen.OneOf(Gen.ULong.Select(BitConverter.UInt64BitsToDouble), Gen.Double.Special, Gen.Double[0.0, 2.0]);

    private static readonly Gen<TrialResult> Results =
        from metric in AnyBits.Array[0, 300]
        from epochs in Gen.Int.Array[metric.Length]
        from evaluations in Gen.Long.Array[metric.Length]
        from loss in AnyBits.Array[0, 50]
        from diverged in Gen.Int[0, int.MaxValue].Nullable()
        from test in AnyBits.Nullable()
        from right in Gen.Long[0, long.MaxValue].Nullable()
        from rows in Gen.Long
        from steps in Gen.Int[1, int.MaxValue]
        select new TrialResult([.. epochs], [.. metric], [.. evaluations])
        {
            TrainingLoss = [.. loss],
            StepsPerEpoch = steps,
            DivergedAt = diverged,
            TestLoss = test,
            TestRight = right,
            TestRows = rows,
            Seconds = 1.5,
            Machine = "m",
        };

    [Fact]
    public void Every_bit_comes_back() => Results.Sample(result =>
    {
        var back = ResultBytes.Read(ResultBytes.Write(result), result.Seconds, result.Machine);
        Assert.Equal(result, back);
        Assert.Equal((result.Seconds, result.Machine), (back.Seconds, back.Machine));
        Assert.Equal(Bits(result.TestLoss), Bits(back.TestLoss));
    });

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        var bytes = ResultBytes.Write(MadeTrials.Result(1, epochs: 20));
        Assert.All(Enumerable.Range(0, bytes.Length * 8), bit =>
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            TrialResult? read = null;
            try
            {
                read = ResultBytes.Read(flipped, 1.25, "a machine");
            }
            catch (InvalidDataException)
            {
                // Noticed.
            }

            // Brotli's stream ends within a byte, whose other bits mean nothing.
            if (read is not null) Assert.Equal(MadeTrials.Result(1, epochs: 20), read);
        });
    }

    [Fact]
    public void Bytes_that_end_early_are_noticed()
    {
        var bytes = ResultBytes.Write(MadeTrials.Result(1, epochs: 20));
        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<InvalidDataException>(() => ResultBytes.Read(bytes.AsSpan(0, length), 0, "")));
    }

    [Fact]
    public void A_curve_that_falls_smoothly_takes_fewer_bytes_than_its_numbers()
    {
        var result = new TrialResult([.. Enumerable.Range(0, 1500)], [.. Enumerable.Range(0, 1500).Select(epoch => 1 / (1 + (0.01 * epoch)))], [.. Enumerable.Range(1, 1500).Select(n => (long)n)]);
        Assert.InRange(ResultBytes.Write(result).Length, 1, 1500 * 7);
    }

    private static long? Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number) : null;
}
