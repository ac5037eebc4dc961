using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Security.Cryptography;

namespace Steepest.Compare.Store;

/// <summary>
/// A trial's result as few bytes, and back to the last bit; time and machine are kept elsewhere. Epochs and evaluations grow evenly and become differences, each in as many
/// bytes as it needs. Values of a curve resemble the ones before them, so what differs from those is written byte by byte of all values: first all
/// signs and exponents, which hardly change, last the noise. Brotli does the rest.
/// </summary>
internal static class ResultBytes
{
    // A first byte that later ways to write it can tell themselves by; then the start of a hash, for a flipped bit must not become a curve.
    private const byte Format = 1;
    private const int HashBytes = 4, HeadBytes = 1 + HashBytes + sizeof(int);

    // A curve of 1,500 values: 9,359 bytes in 0.04 ms at quality 1, 9,089 in 0.08 at 4, 9,061 in 8 at 9. What is left is noise.
    private const int Quality = 4, Window = 18;

    /// <summary>Writes a result.</summary>
    /// <param name="result">The result.</param>
    public static byte[] Write(TrialResult result)
    {
        var plain = new ArrayBufferWriter<byte>(256 + (12 * result.Epochs.Count) + (8 * result.TrainingLoss.Count));
        PutWhole(plain, result.StepsPerEpoch);
        PutWhole(plain, result.DivergedAt ?? -1L);
        PutWhole(plain, result.TestLoss is null ? 0 : 1);
        if (result.TestLoss is { } loss) PutCurve(plain, [loss]);
        PutWhole(plain, result.TestRight ?? -1L);
        PutWhole(plain, result.TestRows);
        PutRising(plain, [.. result.Epochs]);
        PutRising(plain, [.. result.Evaluations]);
        PutCurve(plain, [.. result.Metric]);
        PutCurve(plain, [.. result.TrainingLoss]);

        var bytes = new byte[HeadBytes + BrotliEncoder.GetMaxCompressedLength(plain.WrittenCount)];
        bytes[0] = Format;
        Hash(plain.WrittenSpan).CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1 + HashBytes), plain.WrittenCount);
        if (!BrotliEncoder.TryCompress(plain.WrittenSpan, bytes.AsSpan(HeadBytes), out var written, Quality, Window)) throw new InvalidOperationException("The room that Brotli asks for does not suffice.");
        return bytes[..(HeadBytes + written)];
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="seconds">The time that the trial took.</param>
    /// <param name="machine">Where it ran.</param>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static TrialResult Read(ReadOnlySpan<byte> bytes, double seconds, string machine)
    {
        if (bytes.Length < HeadBytes || bytes[0] != Format) throw new InvalidDataException();
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(1 + HashBytes)..]);
        if (length < 0 || length > Array.MaxLength) throw new InvalidDataException();
        var plain = new byte[length];
        if (!BrotliDecoder.TryDecompress(bytes[HeadBytes..], plain, out var written) || written != length || !Hash(plain).SequenceEqual(bytes.Slice(1, HashBytes))) throw new InvalidDataException();

        var rest = (ReadOnlySpan<byte>)plain;
        var stepsPerEpoch = (int)TakeWhole(ref rest);
        var diverged = TakeWhole(ref rest);
        double? testLoss = TakeWhole(ref rest) == 0 ? null : TakeCurve(ref rest)[0];
        var right = TakeWhole(ref rest);
        var rows = TakeWhole(ref rest);
        long[] epochs = TakeRising(ref rest), evaluations = TakeRising(ref rest);
        double[] metric = TakeCurve(ref rest), loss = TakeCurve(ref rest);
        return new TrialResult([.. epochs.Select(epoch => (int)epoch)], ValueList.Create<double>(metric), ValueList.Create<long>(evaluations))
        {
            TrainingLoss = ValueList.Create<double>(loss),
            StepsPerEpoch = stepsPerEpoch,
            DivergedAt = diverged < 0 ? null : (int)diverged,
            TestLoss = testLoss,
            TestRight = right < 0 ? null : right,
            TestRows = rows,
            Seconds = seconds,
            Machine = machine,
        };
    }

    private static ReadOnlySpan<byte> Hash(ReadOnlySpan<byte> plain) => SHA256.HashData(plain).AsSpan(0, HashBytes);

    private static void PutRising(ArrayBufferWriter<byte> to, long[] values)
    {
        PutWhole(to, values.Length);
        var last = 0L;
        foreach (var value in values)
        {
            PutWhole(to, unchecked(value - last));
            last = value;
        }
    }

    private static long[] TakeRising(ref ReadOnlySpan<byte> from)
    {
        var values = new long[TakeWhole(ref from)];
        var last = 0L;
        for (var i = 0; i < values.Length; i++) last = values[i] = unchecked(last + TakeWhole(ref from));
        return values;
    }

    private static void PutCurve(ArrayBufferWriter<byte> to, double[] values)
    {
        PutWhole(to, values.Length);
        var planes = to.GetSpan(Math.Max(1, values.Length * sizeof(double)));
        var last = 0UL;
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.DoubleToUInt64Bits(values[i]);
            var changed = bits ^ last;
            for (var plane = 0; plane < sizeof(double); plane++) planes[(plane * values.Length) + i] = (byte)(changed >> (56 - (8 * plane)));
            last = bits;
        }

        to.Advance(values.Length * sizeof(double));
    }

    private static double[] TakeCurve(ref ReadOnlySpan<byte> from)
    {
        var values = new double[TakeWhole(ref from)];
        var last = 0UL;
        for (var i = 0; i < values.Length; i++)
        {
            for (var plane = 0; plane < sizeof(double); plane++) last ^= (ulong)from[(plane * values.Length) + i] << (56 - (8 * plane));
            values[i] = BitConverter.UInt64BitsToDouble(last);
        }

        from = from[(values.Length * sizeof(double))..];
        return values;
    }

    // Seven bits a byte, the sign in the lowest: what is near zero is short.
    private static void PutWhole(ArrayBufferWriter<byte> to, long value)
    {
        var left = (ulong)((value << 1) ^ (value >> 63));
        var length = 1 + (BitOperations.Log2(left | 1) / 7);
        var bytes = to.GetSpan(length);
        for (var i = 0; i < length; i++, left >>= 7) bytes[i] = (byte)((left & 0x7F) | (i < length - 1 ? 0x80u : 0));
        to.Advance(length);
    }

    private static long TakeWhole(ref ReadOnlySpan<byte> from)
    {
        var value = 0UL;
        var length = 0;
        do value |= (ulong)(from[length] & 0x7F) << (7 * length);
        while ((from[length++] & 0x80) != 0);
        from = from[length..];
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
