using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests.Networks;

public sealed class DoubleDenseProductTests : DenseProductTests<double>;

public sealed class FloatDenseProductTests : DenseProductTests<float>;

/// <summary>
/// The three products of dense layers, with what is fused into them, against plain loops to the bit, in shapes that meet every remainder of
/// every block: blocks of up to 14 × 32 and 8 × 48 numbers, and inner sizes that go in panels.
/// </summary>
public abstract class DenseProductTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Past two blocks of 48.</summary>
    private const int Most = 101;

    /// <summary>A fixed size for the dimensions that do not vary: less than a block, and one to which no block or lane is a divisor.</summary>
    private static readonly (int, int)[] Others = [(1, 1), (2, 19), (19, 3), (15, 33)];

    [Fact]
    public void Every_number_of_rows_gives_the_bits_of_plain_loops()
    {
        for (var rows = 1; rows <= Most; rows++)
        {
            foreach (var (a, b) in Others) AssertShape(inputs: a, hidden: b, outputs: a, rows);
        }
    }

    [Fact]
    public void Every_number_of_inputs_gives_the_bits_of_plain_loops()
    {
        for (var inputs = 1; inputs <= Most; inputs++)
        {
            foreach (var (a, b) in Others) AssertShape(inputs, hidden: a, outputs: 2, rows: b);
        }
    }

    [Fact]
    public void Every_number_of_units_between_gives_the_bits_of_plain_loops()
    {
        for (var hidden = 1; hidden <= Most; hidden++)
        {
            foreach (var (a, b) in Others) AssertShape(inputs: a, hidden, outputs: a, rows: b);
        }
    }

    [Fact]
    public void Every_number_of_outputs_gives_the_bits_of_plain_loops()
    {
        for (var outputs = 1; outputs <= Most; outputs++)
        {
            foreach (var (a, b) in Others) AssertShape(inputs: 2, hidden: a, outputs, rows: b);
        }
    }

    [Fact]
    public void Any_shape_gives_the_bits_of_plain_loops()
    {
        var generator = new Pcg64(7);
        for (var i = 0; i < 100; i++) AssertShape(Size(), Size(), Size(), Size());

        int Size() => (int)generator.Integers(1, Most);
    }

    [Theory]
    [InlineData(2_137, 5, 3, 3)]
    [InlineData(3, 2_137, 5, 3)]
    [InlineData(3, 5, 2_137, 3)]
    [InlineData(3, 5, 3, 2_137)]
    [InlineData(1_024, 14, 17, 35)]
    [InlineData(513, 31, 257, 49)]
    public void Sums_of_thousands_of_terms_give_the_bits_of_plain_loops(int inputs, int hidden, int outputs, int rows) =>
        AssertShape(inputs, hidden, outputs, rows);

    private static void AssertShape(int inputs, int hidden, int outputs, int rows)
    {
        var name = $"{typeof(T).Name}, {inputs} inputs, {hidden} between, {outputs} outputs, {rows} rows";
        var actual = new GuardedLayers<T>(inputs, hidden, outputs, rows, Activation.LeakyRelu(0.25));
        var slope = T.CreateChecked(0.25);

        Matrix x = new(actual.Input, rows), w1 = new(actual.Weight1, inputs), w2 = new(actual.Weight2, hidden), g = new(actual.OutputGradient, rows);
        var value = w1 * x;
        value.Change((z, h, _) => z + actual.Bias1[h] > T.Zero ? z + actual.Bias1[h] : slope * (z + actual.Bias1[h]));
        var output = w2 * value;
        output.Change((y, o, _) => y + actual.Bias2[o]);
        var between = w2.Transposed * g;
        between.Change((d, h, b) => d * (value[h, b] > T.Zero ? T.One : slope));

        AssertSame(output, actual.Output, "outputs");
        AssertSame(g * value.Transposed, actual.Gradient("layer2.weight"), "weight gradient");
        AssertSame(g.RowSums(), actual.Gradient("layer2.bias"), "bias gradient");
        AssertSame(between * x.Transposed, actual.Gradient("layer1.weight"), "first weight gradient");
        AssertSame(between.RowSums(), actual.Gradient("layer1.bias"), "first bias gradient");
        AssertSame(w1.Transposed * between, actual.InputGradient, "input gradient");
        actual.AssertNothingOutsideWasWritten(name);

        void AssertSame(Matrix expected, T[] found, string what) => EveryWidth.AssertSameBits<T>(expected.Values, found, $"{what}; {name}");
    }

    /// <summary>Numbers row by row, with the product as it is written in a textbook.</summary>
    private readonly struct Matrix(T[] values, int rows, int columns, int rowStep, int columnStep)
    {
        public Matrix(T[] values, int columns)
            : this(values, values.Length / columns, columns, columns, 1)
        {
        }

        public T[] Values => values;

        public Matrix Transposed => new(values, columns, rows, columnStep, rowStep);

        public T this[int row, int column] => values[(row * rowStep) + (column * columnStep)];

        /// <summary>One accumulator an element, its terms in order, each fused into the sum.</summary>
        public static Matrix operator *(Matrix a, Matrix b)
        {
            var product = new T[a.Rows * b.Columns];
            for (var j = 0; j < product.Length; j++)
            {
                var (row, column) = (j / b.Columns, j % b.Columns);
                var sum = T.Zero;
                for (var k = 0; k < a.Columns; k++) sum = T.FusedMultiplyAdd(a[row, k], b[k, column], sum);
                product[j] = sum;
            }

            return new(product, b.Columns);
        }

        public Matrix RowSums()
        {
            var (all, length) = (values, columns);
            return new([.. Enumerable.Range(0, rows).Select(row => Reduction.Sum<T>(all.AsSpan(row * length, length)))], 1);
        }

        public void Change(Func<T, int, int, T> change)
        {
            for (var j = 0; j < values.Length; j++) values[j] = change(values[j], j / columns, j % columns);
        }

        private int Rows => rows;

        private int Columns => columns;
    }
}
