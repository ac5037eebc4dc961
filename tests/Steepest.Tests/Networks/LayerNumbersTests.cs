using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests.Networks;

/// <summary>What must make no difference to a layer: the other rows of an evaluation, the padding, and the precision but for its rounding.</summary>
public sealed class LayerNumbersTests
{
    private static readonly NetworkSpec EveryKind = new(5,
    [
        new Dropout(0.2), new Dense(7, Activation.Gelu), new BatchNorm(), new Activate(Activation.Elu()),
        new Residual([new Dense(9, Activation.Silu), new LayerNorm(), new Residual([new Activate(Activation.Mish), new Dropout()]), new Dense(7, Activation.Relu)]),
        new LayerNorm(Affine: false), new Dense(6, Activation.Tanh, Bias: false), new Dense(3, Activation.Identity),
    ]);

    public static TheoryData<LayerSpec> Layers =>
    [
        .. Activation.All.Select(activation => (LayerSpec)new Dense(9, activation)),
        new Dense(9, Activation.Tanh, Bias: false), new Activate(Activation.Gelu), new Dropout(0.3),
        new LayerNorm(), new LayerNorm(Affine: false), new BatchNorm(), new BatchNorm(Momentum: null, Affine: false),
        new Residual([new Dense(7, Activation.Silu), new LayerNorm(), new Dense(5, Activation.Identity)]),
    ];

    [Fact]
    public void In_evaluation_a_row_by_itself_is_what_it_is_among_others()
    {
        var data = Rows.Random(300, 5, 3, seed: 1);
        var network = EveryKind.Build<double>(seed: 2);
        // Statistics that have moved, and parameters that are not all 0 or 1.
        network.Fit(data, new Adam(0.01), 3, batchSize: 50, cancellation: TestContext.Current.CancellationToken);

        var together = network.PredictValues(data);
        for (var row = 0; row < data.Rows; row++)
        {
            var alone = network.PredictValues(data.Take([row]));
            for (var o = 0; o < 3; o++) Assert.Equal(together[row, o], alone[0, o]);
        }
    }

    [Theory]
    [MemberData(nameof(Layers), DisableDiscoveryEnumeration = true)]
    public void In_float_a_layer_is_what_it_is_in_double(LayerSpec spec)
    {
        const int Inputs = 5, RowCount = 11;
        var generator = new Pcg64(3);
        var (inDouble, inFloat) = (new AppliedLayer<double>(spec, Inputs), new AppliedLayer<float>(spec, Inputs));
        var x = Singles(RowCount * Inputs);
        var outputGradient = Singles(RowCount * spec.OutputsFor(Inputs));
        CopyParameters();

        foreach (var purpose in (PassPurpose[])[PassPurpose.Training, PassPurpose.SecondLook])
        {
            var expected = inDouble.ForwardAndBackward(Widened(x), Widened(outputGradient), purpose, new Pcg64(4));
            var (outputs, byInputs) = inFloat.ForwardAndBackward(x, outputGradient, purpose, new Pcg64(4));
            AssertNear(expected.Outputs, outputs, "outputs");
            AssertNear(expected.ByInputs, byInputs, "gradient by inputs");
            AssertSegmentsNear(inDouble.Gradient, inFloat.Gradient);
            AssertSegmentsNear(inDouble.Buffers, inFloat.Buffers);
        }

        AssertNear(inDouble.Forward(Widened(x), PassPurpose.Evaluation), inFloat.Forward(x, PassPurpose.Evaluation), "outputs in evaluation");

        float[] Singles(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)generator.Uniform(-2, 2))];

        // Drawn as floats, so that both hold the same.
        void CopyParameters()
        {
            foreach (var segment in inDouble.Parameters.Layout.Segments)
            {
                var drawn = Singles(segment.Length);
                drawn.CopyTo(inFloat.Parameters[segment.Name]);
                Widened(drawn).CopyTo(inDouble.Parameters[segment.Name]);
            }
        }

        void AssertSegmentsNear(Parameters<double> expected, Parameters<float> actual)
        {
            foreach (var segment in expected.Layout.Segments) AssertNear(expected[segment.Name], actual[segment.Name], segment.Name);
        }

        // Some tens of roundings of 6e-8 each, of numbers up to a few times the largest.
        void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, string what)
        {
            Assert.Equal(expected.Length, actual.Length);
            var largest = 1.0;
            foreach (var number in expected) largest = Math.Max(largest, Math.Abs(number));
            for (var i = 0; i < expected.Length; i++)
            {
                var difference = Math.Abs(expected[i] - actual[i]);
                Assert.True(difference <= 2e-6 * largest, $"{spec}, {what}, place {i}: {actual[i]} in float, {expected[i]} in double.");
            }
        }
    }

    [Fact]
    public void What_stands_in_the_padding_reaches_no_result()
    {
        for (var rows = 2; rows <= 35; rows++)
        {
            AssertPaddingIsIgnored<double>(rows, Loss.SoftmaxCrossEntropy);
            AssertPaddingIsIgnored<float>(rows, new SoftmaxCrossEntropy(0.1, [1, 2, 3]));
        }

        foreach (var loss in (Loss[])[Loss.BinaryCrossEntropy, Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber()])
            AssertPaddingIsIgnored<double>(rows: 13, loss);
    }

    private static void AssertPaddingIsIgnored<T>(int rows, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var classes = Rows.Random(rows, 5, 3, seed: 5);
        var data = loss is SoftmaxCrossEntropy
            ? classes
            : Rows.WithTargets([.. Enumerable.Range(0, rows).Select(row => classes.Row(row).ToArray())], [.. classes.Labels.ToArray().Select(y => (double[])[y / 2, 1, 0])]);
        var expected = Results(EveryKind.Build<T>(seed: 6), data, loss, T.Zero);
        var network = EveryKind.Build<T>(seed: 6);
        var spoilt = Results(network, data, loss, T.NaN);
        network.Buffers.CopyFrom(EveryKind.Build<T>(seed: 6).Buffers);
        // What the network's own memory keeps of it must not matter either.
        var after = Results(network, data, loss, T.Zero);

        EveryWidth.AssertSameBits<T>(expected, spoilt, $"{loss}, {rows} rows, NaN in the padding");
        EveryWidth.AssertSameBits<T>(expected, after, $"{loss}, {rows} rows, NaN in the padding before");
        Assert.DoesNotContain(T.NaN, expected);
    }

    /// <summary>Loss, gradients, statistics and predictions, where a batch with room for more rows holds the given number before it is loaded.</summary>
    private static T[] Results<T>(Network<T> network, Dataset data, Loss loss, T filling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var batch = new Batch<T>(data.Rows + 20, data.FeatureCount, 3, loss);
        foreach (var buffer in (AlignedBuffer<T>[])[batch.Inputs, batch.ByRow, batch.Targets, batch.Weights]) buffer.Span.Fill(filling);
        batch.Load(data, 0, data.Rows, withTargets: true);
        var gradient = new Parameters<T>(network.Parameters.Layout);
        var value = network.LossAndGradient(batch, loss, network.Parameters, gradient, PassPurpose.Training, new Pcg64(7));
        var byFeatures = network.InputGradient(batch, loss, network.Parameters, new(network.Parameters.Layout), new Pcg64(7));
        T[] byRows = [.. OfRows(byFeatures, 5)];
        return [value, .. gradient.Values, .. byRows, .. network.Buffers.Values, .. OfRows(network.Forward(batch, network.Parameters), 3)];

        IEnumerable<T> OfRows(AlignedBuffer<T> buffer, int features) =>
            Enumerable.Range(0, features).SelectMany(f => buffer.Span.Slice(f * batch.Stride, data.Rows).ToArray());
    }

    private static double[] Widened(float[] numbers) => [.. numbers.Select(number => (double)number)];
}
