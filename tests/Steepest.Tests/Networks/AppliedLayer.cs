using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Networks;

/// <summary>A layer by itself: what it makes of rows, and of a gradient on the way back.</summary>
internal sealed class AppliedLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Layer<T> layer;

    public AppliedLayer(LayerSpec spec, int inputs)
    {
        var plan = new LayerPlan<T>();
        layer = spec.Create(plan, "alone", inputs);
        Parameters = new(plan.Parameters.Build());
        Gradient = new(Parameters.Layout);
        Buffers = new(plan.Buffers.Build());
        layer.Start(new Pcg64(1), Parameters, Buffers);
    }

    /// <summary>Segments called alone.scale, alone.shift and so on.</summary>
    public Parameters<T> Parameters { get; }

    public Parameters<T> Gradient { get; }

    public Parameters<T> Buffers { get; }

    /// <summary>The outputs for rows × features, row by row.</summary>
    public T[] Forward(T[] rows, PassPurpose purpose, Pcg64? chance = null)
    {
        var pass = PassOf(rows, purpose, chance);
        return ByRow(layer.Forward(pass, pass.Batch.Inputs), pass.Batch, layer.Outputs);
    }

    /// <summary>The outputs, and for a gradient by them the one by the rows; the one by the parameters is then in <see cref="Gradient"/>.</summary>
    public (T[] Outputs, T[] ByInputs) ForwardAndBackward(T[] rows, T[] outputGradient, PassPurpose purpose, Pcg64? chance = null)
    {
        var pass = PassOf(rows, purpose, chance);
        var outputs = ByRow(layer.Forward(pass, pass.Batch.Inputs), pass.Batch, layer.Outputs);
        var gradient = new AlignedBuffer<T>((long)layer.Outputs * pass.Stride);
        for (var i = 0; i < outputGradient.Length; i++)
            gradient.Span[(i % layer.Outputs * pass.Stride) + (i / layer.Outputs)] = outputGradient[i];
        return (outputs, ByRow(layer.Backward(pass, gradient, inputGradient: true)!, pass.Batch, layer.Inputs));
    }

    private static T[] ByRow(AlignedBuffer<T> featureMajor, Batch<T> batch, int features)
    {
        var byRow = new T[batch.Rows * features];
        for (var i = 0; i < byRow.Length; i++) byRow[i] = featureMajor.Span[(i % features * batch.Stride) + (i / features)];
        return byRow;
    }

    private Pass<T> PassOf(T[] rows, PassPurpose purpose, Pcg64? chance)
    {
        var count = rows.Length / layer.Inputs;
        var batch = new Batch<T>(count, layer.Inputs, 1, Loss.MeanSquaredError);
        batch.Begin(count);
        for (var b = 0; b < count; b++) rows.AsSpan(b * layer.Inputs, layer.Inputs).CopyTo(batch.RowAt(b));
        batch.End();
        layer.MakeRoom(batch.Stride);
        var byRow = new AlignedBuffer<T>((long)count * Lanes.Padded<T>(layer.WidestTurn(readsBatch: true)));
        return new(byRow) { At = Parameters, Buffers = Buffers, Gradient = Gradient, Batch = batch, Purpose = purpose, Chance = chance };
    }
}
