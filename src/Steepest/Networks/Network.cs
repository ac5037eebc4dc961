using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A network: its description and its parameters. One thread at a time may use it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the precision of parameters and arithmetic.</typeparam>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int EvaluationRows = 1024;

    private readonly DenseLayer<T>[] layers;
    private Workspace<T>? workspace;

    internal Network(NetworkSpec spec, Pcg64 generator)
    {
        Spec = spec;
        var segments = new List<(string, ParameterRole, ValueList<int>)>();
        var inputs = spec.Inputs;
        foreach (var (layer, number) in spec.Layers.Select((layer, i) => ((Dense)layer, i + 1)))
        {
            segments.Add(($"layer{number}.weight", ParameterRole.Weight, [layer.Units, inputs]));
            if (layer.Bias) segments.Add(($"layer{number}.bias", ParameterRole.Bias, [layer.Units]));
            inputs = layer.Units;
        }

        Parameters = new Parameters<T>(ParameterLayout.Of<T>([.. segments]));
        inputs = spec.Inputs;
        layers = new DenseLayer<T>[spec.Layers.Count];
        for (var l = 0; l < layers.Length; l++)
        {
            var dense = (Dense)spec.Layers[l];
            var bias = dense.Bias ? Parameters.Layout.Find($"layer{l + 1}.bias") : null;
            layers[l] = new DenseLayer<T>(inputs, dense, Parameters.Layout.Find($"layer{l + 1}.weight"), bias);
            layers[l].Draw(generator, Parameters);
            inputs = dense.Units;
        }
    }

    /// <summary>What the network was made from.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Weights and biases: segments <c>layer1.weight</c>, <c>layer1.bias</c>, <c>layer2.weight</c> and so on. They may be set.</summary>
    public Parameters<T> Parameters { get; }

    /// <summary>The class of each row: the place of its largest logit.</summary>
    /// <param name="data">Rows with as many features as the network has inputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public int[] Predict(Dataset data)
    {
        var classes = new int[CheckedFit(data).Rows];
        ForEachPart(data, (batch, start) =>
        {
            for (var b = 0; b < batch.Rows; b++) classes[start + b] = LargestOutput(b);
        });
        return classes;
    }

    /// <summary>The probability of each class for each row, rows × classes: the softmax of the logits.</summary>
    /// <param name="data">Rows with as many features as the network has inputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public T[,] PredictProbabilities(Dataset data)
    {
        var probabilities = new T[CheckedFit(data).Rows, Spec.Outputs];
        ForEachPart(data, (batch, start) =>
        {
            batch.Targets.Span.Clear();
            var space = workspace!;
            new Softmax<T>
            {
                Logits = ref Outputs.First,
                Targets = ref batch.Targets.First,
                RowLoss = ref space.RowLoss.First,
                Gradient = ref space.OutputGradient.First,
                Classes = Spec.Outputs,
                Rows = 1,
                Stride = batch.Stride,
            }.Run();
            for (var b = 0; b < batch.Rows; b++)
            {
                for (var c = 0; c < Spec.Outputs; c++) probabilities[start + b, c] = space.OutputGradient.Span[(c * batch.Stride) + b];
            }
        });
        return probabilities;
    }

    /// <summary>Loss and accuracy on labelled rows.</summary>
    /// <param name="data">Rows with as many features as the network has inputs and no more classes than it has outputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        var loss = 0.0;
        var right = 0;
        ForEachPart(CheckedFit(data), (batch, _) =>
        {
            var mean = Loss.SoftmaxCrossEntropy.Evaluate(Outputs, batch.Targets, batch.Rows, batch.Stride, workspace!.RowLoss, workspace.OutputGradient);
            loss += double.CreateChecked(mean) * batch.Rows;
            right += CountRight(batch);
        });
        return new Evaluation(loss / data.Rows, right, data.Rows);
    }

    /// <summary>The logits of the batch last seen, [output][padded row].</summary>
    internal AlignedBuffer<T> Outputs => workspace!.Activations[^1];

    /// <summary>The gradient by the features of the batch last seen, [feature][padded row]; for tests and for looking inside.</summary>
    internal AlignedBuffer<T> InputGradient(Batch<T> batch, Parameters<T> at)
    {
        var gradient = new AlignedBuffer<T>((long)Spec.Inputs * batch.Stride);
        layers[0].InputGradient(at, Activation.Identity.Kernels<T>(), batch.Inputs, workspace!.Gradients[0], gradient, batch.Stride);
        return gradient;
    }

    /// <summary>Allocates what batches as large as this one can be will need.</summary>
    internal void MakeRoomFor(Batch<T> batch)
    {
        var rows = Lanes.Padded<T>(batch.Capacity);
        if (workspace is null || workspace.Capacity < rows) workspace = new Workspace<T>(layers, rows);
    }

    internal void Forward(Batch<T> batch, Parameters<T> at)
    {
        var space = SpaceFor(batch);
        var input = batch.Inputs;
        for (var l = 0; l < layers.Length; l++)
        {
            layers[l].Forward(at, input, space.Activations[l], batch.Stride);
            input = space.Activations[l];
        }
    }

    /// <summary>The loss at the given parameters and its gradient by them.</summary>
    internal double LossAndGradient(Batch<T> batch, Loss loss, Parameters<T> at, Parameters<T> gradient)
    {
        Forward(batch, at);
        var space = workspace!;
        var value = loss.Evaluate(Outputs, batch.Targets, batch.Rows, batch.Stride, space.RowLoss, space.OutputGradient);
        layers[^1].Kernels.MultiplyByDerivative(Spec.Outputs * batch.Stride, ref Outputs.First, ref space.OutputGradient.First);
        for (var l = layers.Length - 1; l > 0; l--)
        {
            var input = space.Activations[l - 1];
            var rowStride = space.TurnByRow(input, layers[l].Inputs, batch.Rows, batch.Stride);
            layers[l].ParameterGradient(gradient, space.ByRow, rowStride, space.Gradients[l], batch.Rows, batch.Stride);
            layers[l].InputGradient(at, layers[l - 1].Kernels, input, space.Gradients[l], space.Gradients[l - 1], batch.Stride);
        }

        layers[0].ParameterGradient(gradient, batch.ByRow, batch.RowStride, space.Gradients[0], batch.Rows, batch.Stride);
        return double.CreateChecked(value);
    }

    /// <summary>How many rows of the batch last seen have their label as the place of the largest logit.</summary>
    internal int CountRight(Batch<T> batch)
    {
        var right = 0;
        for (var b = 0; b < batch.Rows; b++) right += LargestOutput(b, batch.Stride) == batch.Labels[b] ? 1 : 0;
        return right;
    }

    internal Dataset CheckedFit(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.IsClassification) throw new SteepestException($"{data.Name} has targets to regress on, but the network classifies.");
        if (data.FeatureCount != Spec.Inputs) throw new SteepestException($"{data.Name} has {Text.Of(data.FeatureCount)} features, but the network has {Text.Of(Spec.Inputs)} inputs.");
        if (data.Classes > Spec.Outputs) throw new SteepestException($"{data.Name} has {Text.Of(data.Classes)} classes, but the network has {Text.Of(Spec.Outputs)} outputs.");
        return data;
    }

    private int LargestOutput(int row) => LargestOutput(row, workspace!.Stride);

    private int LargestOutput(int row, int stride)
    {
        var outputs = Outputs.Span;
        var largest = 0;
        for (var c = 1; c < Spec.Outputs; c++)
        {
            if (outputs[(c * stride) + row] > outputs[(largest * stride) + row]) largest = c;
        }

        return largest;
    }

    private void ForEachPart(Dataset data, Action<Batch<T>, int> look)
    {
        var batch = new Batch<T>(Math.Min(data.Rows, EvaluationRows), Spec.Inputs, Spec.Outputs);
        var rows = Enumerable.Range(0, data.Rows).ToArray();
        for (var start = 0; start < data.Rows; start += batch.Capacity)
        {
            batch.Load(data, rows.AsSpan(start, Math.Min(batch.Capacity, data.Rows - start)));
            Forward(batch, Parameters);
            look(batch, start);
        }
    }

    private Workspace<T> SpaceFor(Batch<T> batch)
    {
        MakeRoomFor(batch);
        workspace!.Stride = batch.Stride;
        return workspace;
    }
}
