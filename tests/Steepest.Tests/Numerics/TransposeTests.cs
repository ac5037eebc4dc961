using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public sealed class DoubleTransposeTests : TransposeTests<double>;

public sealed class FloatTransposeTests : TransposeTests<float>;

/// <summary>Turning a matrix, in every size past two tiles.</summary>
public abstract class TransposeTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Every_number_is_where_its_row_and_column_are_exchanged_and_nothing_behind_the_padding_is_touched()
    {
        for (var rows = 1; rows <= 18; rows++)
        {
            for (var columns = 1; columns <= 18; columns++) AssertTurned(rows, columns);
        }
    }

    [Fact]
    public void A_large_matrix_falls_into_parts() => Assert.True(AssertTurned(300, 500) > 1);

    private static int AssertTurned(int rows, int columns)
    {
        int fromRow = Lanes.Padded<T>(columns), toRow = Lanes.Padded<T>(rows);
        var from = LaneArguments.Ordinary<T>(new Pcg64(1), rows * fromRow);
        var to = new T[(columns * toRow) + 1];
        to[^1] = T.NegativeOne;
        var work = new Transpose<T>(ref from[0], fromRow, ref to[0], toRow, rows, columns);
        for (var part = 0; part < work.Parts; part++) Lanes.Run<T, Transpose<T>>(ref work, part);

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) Assert.Equal(from[(row * fromRow) + column], to[(column * toRow) + row]);
        }

        Assert.Equal(T.NegativeOne, to[^1]);
        return work.Parts;
    }
}
