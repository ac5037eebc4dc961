using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests.Networks;

/// <summary>
/// Two dense layers, an activation between them, gone through forward and back once. Whatever stands around their inputs, parameters and gradients, and in the
/// padding of their rows, is NaN: what reads it and uses it shows it, and what writes there leaves a number.
/// </summary>
internal sealed class GuardedLayers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers before and after; more than the widest block.</summary>
    private const int Guard = 128;

    private readonly int rows, stride;
    private readonly AlignedBuffer<T> input, outputGradient;
    private readonly Parameters<T> parameters, gradient;
    private readonly List<AlignedBuffer<T>> guarded = [];

    public GuardedLayers(int inputs, int hidden, int outputs, int rows, Activation activation)
    {
        this.rows = rows;
        var plan = new LayerPlan<T>();
        plan.Parameters.Add("before", ParameterRole.Norm, [Guard]);
        var layers = LayerSequence<T>.Create(plan, "", inputs, [new Dense(hidden, activation), new Dense(outputs, Activation.Identity)]);
        plan.Parameters.Add("after", ParameterRole.Norm, [Guard]);
        parameters = Guarded(plan);
        gradient = Guarded(plan);
        var generator = new Pcg64((ulong)(inputs + (1_000 * (hidden + (1_000L * (outputs + (1_000L * rows)))))));
        foreach (var segment in Segments) Fill(parameters[segment], generator);

        var batch = new Batch<T>(rows, inputs, outputs, Loss.MeanSquaredError);
        batch.Begin(rows);
        for (var b = 0; b < rows; b++) Fill(batch.RowAt(b), generator);
        batch.End();
        stride = batch.Stride;
        input = Guarded(inputs);
        outputGradient = Guarded(outputs);
        for (var i = 0; i < inputs; i++) batch.Inputs.Span.Slice(i * stride, rows).CopyTo(input.Span[(i * stride)..]);
        for (var o = 0; o < outputs; o++) Fill(outputGradient.Span.Slice(o * stride, rows), generator);
        (Input, OutputGradient) = (Unpadded(input), Unpadded(outputGradient));

        layers.MakeRoom(stride);
        var byRow = new AlignedBuffer<T>((long)rows * Lanes.Padded<T>(layers.WidestTurn(readsBatch: false)));
        byRow.Span.Fill(T.NaN);
        var pass = new Pass<T>(byRow) { At = parameters, Buffers = new(plan.Buffers.Build()), Gradient = gradient, Batch = batch };
        Output = Unpadded(layers.Forward(pass, input));
        InputGradient = Unpadded(layers.Backward(pass, outputGradient, inputGradient: true)!);
    }

    /// <summary>Feature by feature without padding, as all that follows.</summary>
    public T[] Input { get; }

    public T[] OutputGradient { get; }

    public T[] Output { get; }

    public T[] InputGradient { get; }

    public T[] Weight1 => parameters["layer1.weight"].ToArray();

    public T[] Bias1 => parameters["layer1.bias"].ToArray();

    public T[] Weight2 => parameters["layer2.weight"].ToArray();

    public T[] Bias2 => parameters["layer2.bias"].ToArray();

    private static string[] Segments => ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"];

    public T[] Gradient(string segment) => gradient[segment].ToArray();

    public void AssertNothingOutsideWasWritten(string name)
    {
        foreach (var guards in guarded)
        {
            Assert.True(guards.Span[..Guard].IndexOfAnyExcept(T.NaN) < 0, $"Something was written before a buffer; {name}.");
            Assert.True(guards.Span[^Guard..].IndexOfAnyExcept(T.NaN) < 0, $"Something was written behind a buffer; {name}.");
        }

        EveryWidth.AssertSameBits<T>(Input, Unpadded(input), $"the input, which is only read; {name}");
        foreach (var (segment, next) in gradient.Layout.Segments.Zip(gradient.Layout.Segments.Skip(1)))
        {
            var padding = gradient.Values[(segment.Offset + segment.Length)..next.Offset];
            Assert.True(padding.IndexOfAnyExcept(T.Zero) < 0, $"Something was written behind {segment.Name}; {name}.");
        }
    }

    private static void Fill(Span<T> numbers, Pcg64 generator)
    {
        foreach (ref var number in numbers) number = T.CreateChecked(generator.Uniform(-1, 1));
    }

    /// <summary>Parameters whose first and last segment are guards.</summary>
    private Parameters<T> Guarded(LayerPlan<T> plan)
    {
        var made = new Parameters<T>(plan.Parameters.Build());
        made["before"].Fill(T.NaN);
        made["after"].Fill(T.NaN);
        guarded.Add(made.Buffer);
        return made;
    }

    private AlignedBuffer<T> Guarded(int features)
    {
        var whole = new AlignedBuffer<T>((2 * Guard) + ((long)features * stride));
        whole.Span.Fill(T.NaN);
        guarded.Add(whole);
        return whole.Slice(Guard, features * stride);
    }

    private T[] Unpadded(AlignedBuffer<T> buffer)
    {
        var unpadded = new T[buffer.Length / stride * rows];
        for (var f = 0; f < unpadded.Length / rows; f++) buffer.Span.Slice(f * stride, rows).CopyTo(unpadded.AsSpan(f * rows));
        return unpadded;
    }
}
