using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// All feature values of a dataset, row after row, in the precision that they were given in: one array of double or of float, kept and never
/// changed. Arithmetic is done in double whichever it is.
/// </summary>
internal sealed class FeatureValues
{
    private readonly double[]? doubles;
    private readonly float[]? floats;

    public FeatureValues(double[] values) => doubles = values;

    public FeatureValues(float[] values) => floats = values;

    /// <summary>Changes a row in place.</summary>
    public delegate void RowChange(Span<double> row);

    public int Length => floats?.Length ?? doubles!.Length;

    /// <summary>Whether a value takes four bytes instead of eight.</summary>
    public bool IsSingle => floats is not null;

    public double this[int index] => floats is null ? doubles![index] : floats[index];

    /// <summary>Some values in double: the array itself where that is kept, else a copy.</summary>
    public ReadOnlySpan<double> Widened(int start, int count)
    {
        if (floats is null)
            return doubles.AsSpan(start, count);
        var widened = new double[count];
        CopyTo(start, widened.AsSpan());
        return widened;
    }

    /// <summary>Copies as many values as <paramref name="destination"/> has places for, rounded to its precision.</summary>
    public void CopyTo<T>(int start, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (floats is null)
            Copy(doubles.AsSpan(start, destination.Length), destination);
        else
            Copy(floats.AsSpan(start, destination.Length), destination);
    }

    /// <summary>The named rows in their order; the caller has made sure that they exist and that an array holds them.</summary>
    public FeatureValues Take(ReadOnlySpan<int> rows, int width) => floats is null
        ? new FeatureValues(Taken(doubles!, rows, width))
        : new FeatureValues(Taken(floats, rows, width));

    /// <summary>All columns but one.</summary>
    public FeatureValues Without(int column, int width) => floats is null
        ? new FeatureValues(Without(doubles!, column, width))
        : new FeatureValues(Without(floats, column, width));

    /// <summary>The values after every row was changed, in double and then rounded to the precision that is kept.</summary>
    public FeatureValues WithEachRow(int width, RowChange change)
    {
        if (floats is null)
        {
            var changed = doubles.AsSpan().ToArray();
            for (var start = 0; start < changed.Length; start += width)
                change(changed.AsSpan(start, width));
            return new FeatureValues(changed);
        }

        var rounded = new float[floats.Length];
        var row = new double[width];
        for (var start = 0; start < rounded.Length; start += width)
        {
            CopyTo(start, row.AsSpan());
            change(row);
            Copy(row, rounded.AsSpan(start, width));
        }

        return new FeatureValues(rounded);
    }

    private static T[] Taken<T>(T[] from, ReadOnlySpan<int> rows, int width)
    {
        var taken = GC.AllocateUninitializedArray<T>(rows.Length * width);
        for (var i = 0; i < rows.Length; i++)
            from.AsSpan(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        return taken;
    }

    private static T[] Without<T>(T[] from, int column, int width)
    {
        var left = new T[from.Length / width * (width - 1)];
        var next = left.AsSpan();
        for (var start = 0; start < from.Length; start += width)
        {
            var row = from.AsSpan(start, width);
            row[..column].CopyTo(next);
            row[(column + 1)..].CopyTo(next[column..]);
            next = next[(width - 1)..];
        }

        return left;
    }

    [MethodImpl(Compiled.Once)]
    private static void Copy<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, IBinaryFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IBinaryFloatingPointIeee754<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
            return;
        }

        var next = 0;
        if (typeof(TFrom) == typeof(double) && Vector256.IsHardwareAccelerated)
        {
            ref var wide = ref Unsafe.As<TFrom, double>(ref MemoryMarshal.GetReference(from));
            ref var narrow = ref Unsafe.As<TTo, float>(ref MemoryMarshal.GetReference(to[..from.Length]));
            for (; next + 8 <= from.Length; next += 8)
            {
                var low = Vector256.LoadUnsafe(ref wide, (nuint)next);
                var high = Vector256.LoadUnsafe(ref wide, (nuint)next + 4);
                Vector256.Narrow(low, high).StoreUnsafe(ref narrow, (nuint)next);
            }
        }

        for (; next < from.Length; next++)
            to[next] = TTo.CreateTruncating(from[next]);
    }
}
