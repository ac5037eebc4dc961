using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A network: its description, its parameters and its running statistics. One thread at a time may use it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the precision of parameters and arithmetic.</typeparam>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerSequence<T> layers;
    private readonly int widestTurn;
    private Workspace<T>? workspace;

    internal Network(NetworkSpec spec, Pcg64 generator)
    {
        Spec = spec;
        Outputs = spec.Outputs;
        var plan = new LayerPlan<T>();
        layers = LayerSequence<T>.Create(plan, "", spec.Inputs, spec.Layers);
        widestTurn = layers.WidestTurn(readsBatch: true);
        Parameters = new Parameters<T>(plan.Parameters.Build());
        Buffers = new Parameters<T>(plan.Buffers.Build());
        layers.Start(generator, Parameters, Buffers);
    }

    /// <summary>What the network was made from.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>What training changes: segments <c>layer1.weight</c>, <c>layer1.bias</c>, <c>layer2.weight</c> and so on. They may be set.</summary>
    public Parameters<T> Parameters { get; }

    /// <summary>What is counted while training: the running means and variances of batch norm, such as <c>layer2.mean</c>. They have no gradient and no
    /// optimizer changes them, but checkpoints and the best weights of early stopping include them.</summary>
    public Parameters<T> Buffers { get; }

    /// <summary>How many threads at most share the work of one batch, in training and in evaluation: at first as many as there are processors. A
    /// small network takes one all the same, and no result depends on it.</summary>
    /// <exception cref="SteepestException">It is set to less than 1.</exception>
    public int Threads
    {
        get;
        set => field = value >= 1 ? value : throw new SteepestException($"A network is to work on {Text.Of(value)} threads, but it needs at least 1.");
    } = Environment.ProcessorCount;

    /// <summary>How many numbers the network gives for each row.</summary>
    internal int Outputs { get; }

    /// <summary>As in 4-10-3, 83 parameters in double.</summary>
    public override string ToString() => $"{Spec}, {Text.Of(Parameters.Layout.Count)} parameters in {Text.PrecisionOf<T>()}";

    /// <summary>Whether a training batch needs more rows than one.</summary>
    internal bool ComparesRows => layers.ComparesRows;

    /// <summary>Takes over parameters and running statistics of another network, to go on from where it stands.</summary>
    /// <param name="other">The other network, whose segments have the same names and shapes.</param>
    /// <exception cref="SteepestException">Their segments differ.</exception>
    public void CopyFrom(Network<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Parameters.Layout != Parameters.Layout || other.Buffers.Layout != Buffers.Layout)
        {
            throw new SteepestException($"The parameters of another network cannot be taken over: {other.Spec.Describe().DifferenceFrom(Spec.Describe())}.");
        }

        Parameters.CopyFrom(other.Parameters);
        Buffers.CopyFrom(other.Buffers);
    }

    /// <summary>The class of each row: the place of its largest logit; with a single output the second class where the logit is positive.</summary>
    /// <param name="data">Rows with as many features as the network has inputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public int[] Predict(Dataset data)
    {
        var classes = new int[CheckedFeatures(data).Rows];
        var batch = PartsOf(data);
        for (var start = 0; start < data.Rows; start += batch.Capacity)
        {
            Forward(data, start, batch, withTargets: false, Parameters);
            for (var b = 0; b < batch.Rows; b++) classes[start + b] = LargestOutput(batch, b);
        }

        return classes;
    }

    /// <summary>The outputs for each row as they are, rows × outputs: predicted numbers for a regression, logits for a classification.</summary>
    /// <param name="data">Rows with as many features as the network has inputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public T[,] PredictValues(Dataset data)
    {
        var values = new T[CheckedFeatures(data).Rows, Outputs];
        Write(data, Parameters, PartsOf(data), asProbabilities: false, Flat(values));
        return values;
    }

    /// <summary>The probability of each class for each row, rows × classes: the softmax of the logits; with a single output 1 − p and p, with p its
    /// logistic function.</summary>
    /// <param name="data">Rows with as many features as the network has inputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public T[,] PredictProbabilities(Dataset data)
    {
        var probabilities = new T[CheckedFeatures(data).Rows, Math.Max(Outputs, 2)];
        Write(data, Parameters, PartsOf(data), asProbabilities: true, Flat(probabilities));
        return probabilities;
    }

    /// <summary>What the network says of rows, beside what is true: what a <see cref="Metric"/> is taken of.</summary>
    /// <param name="data">Rows with as many features as the network has inputs, and targets that fit its outputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public Predictions PredictionsOf(Dataset data)
    {
        Loss.For(DataShape.Of(CheckedFeatures(data)), Outputs).CheckFit(DataShape.Of(data), Outputs);
        var (predictions, numbers) = RoomForPredictions(data);
        WritePredictions(data, Parameters, PartsOf(data), numbers);
        return predictions;
    }

    /// <summary>Predictions still to be written, and where.</summary>
    internal (Predictions Predictions, double[] Numbers) RoomForPredictions(Dataset data)
    {
        var columns = data.IsClassification ? Math.Max(Outputs, 2) : Outputs;
        var numbers = new double[(long)data.Rows * columns];
        var weights = data.HasWeights ? data.Weights.ToArray() : null;
        return (
            data.IsClassification
                ? Predictions.OverClassification(numbers, columns, data.Labels.ToArray(), weights)
                : Predictions.OverRegression(numbers, columns, data.Targets.ToArray(), weights),
            numbers);
    }

    /// <summary>Writes what the network says with other parameters than its own.</summary>
    internal void WritePredictions(Dataset data, Parameters<T> at, Batch<T> batch, double[] numbers) =>
        Write(data, at, batch, data.IsClassification, numbers.AsSpan());

    /// <summary>Loss and, for classes, accuracy on labelled rows, by the loss that suits: for classes cross-entropy, for numbers the mean squared error.</summary>
    /// <param name="data">Rows with as many features as the network has inputs, and targets that fit its outputs.</param>
    /// <exception cref="SteepestException">The data does not fit the network.</exception>
    public Evaluation Evaluate(Dataset data) => Evaluate(data, Loss.For(DataShape.Of(CheckedFeatures(data)), Outputs));

    /// <summary>Loss and, for classes, accuracy on labelled rows.</summary>
    /// <param name="data">Rows with as many features as the network has inputs, and targets that fit its outputs.</param>
    /// <param name="loss">The loss, as training would take it.</param>
    /// <exception cref="SteepestException">The data does not fit the network or the loss.</exception>
    public Evaluation Evaluate(Dataset data, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var (mean, right) = Evaluate(CheckedFit(data, loss), loss, Parameters);
        return new Evaluation(mean, data.IsClassification ? right : null, data.Rows);
    }

    /// <summary>A metric on labelled rows.</summary>
    /// <param name="data">Rows with as many features as the network has inputs, and targets that fit its outputs.</param>
    /// <param name="metric">What to measure.</param>
    /// <exception cref="SteepestException">The data does not fit the network, or the metric not the data.</exception>
    public double Evaluate(Dataset data, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Of(PredictionsOf(data));
    }

    /// <summary>The mean loss, and for classes the rows predicted right, with other parameters than the network's own.</summary>
    internal (double Loss, int Right) Evaluate(Dataset data, Loss loss, Parameters<T> at, Batch<T>? batch = null)
    {
        var (sum, weight) = (0.0, 0.0);
        var right = 0;
        batch ??= BatchToEvaluate(data, loss);

        // No closure, so that looking on while training allocates nothing.
        for (var start = 0; start < data.Rows; start += batch.Capacity)
        {
            Forward(data, start, batch, withTargets: true, at);
            var space = workspace!;
            loss.Evaluate(space.Outputs, batch, space.RowLoss, space.OutputGradient);

            // Row by row in double: the same however many rows go at once.
            foreach (var row in space.RowLoss.Span[..batch.Rows]) sum += double.CreateChecked(row);
            foreach (var row in batch.Weights.Span[..batch.Rows]) weight += double.CreateChecked(row);
            if (data.IsClassification) right += CountRight(batch);
        }

        return (weight > 0 ? sum / weight : 0, right);
    }

    /// <summary>A batch to evaluate with: as many rows as there is room for already, so that looking on while training needs no more memory than
    /// training.</summary>
    internal Batch<T> BatchToEvaluate(Dataset data, Loss loss) =>
        new(Math.Min(data.Rows, Math.Max(workspace?.Capacity ?? 0, Workspace<T>.RowsToEvaluate)), Spec.Inputs, Outputs, loss);

    /// <summary>Allocates what batches as large as this one can be will need.</summary>
    internal void MakeRoomFor(Batch<T> batch)
    {
        if (workspace is not null && workspace.Capacity >= batch.Capacity) return;
        var padded = Lanes.Padded<T>(batch.Capacity);
        layers.MakeRoom(padded);
        workspace = new Workspace<T>(batch.Capacity, padded, Outputs, widestTurn);
    }

    /// <summary>The outputs for a batch, [output][padded row].</summary>
    internal AlignedBuffer<T> Forward(Batch<T> batch, Parameters<T> at, PassPurpose purpose = PassPurpose.Evaluation, Pcg64? chance = null)
    {
        MakeRoomFor(batch);
        var pass = PassOf(batch, at, at);
        pass.Purpose = purpose;
        pass.Chance = chance;
        return workspace!.Outputs = layers.Forward(pass, batch.Inputs);
    }

    /// <summary>The mean loss of a training batch at the given parameters, and its gradient by them.</summary>
    [MethodImpl(Compiled.Once)]
    internal T LossAndGradient(Batch<T> batch, Loss loss, Parameters<T> at, Parameters<T> gradient, PassPurpose purpose, Pcg64? chance)
    {
        var outputs = Forward(batch, at, purpose, chance);
        var value = loss.Evaluate(outputs, batch, workspace!.RowLoss, workspace.OutputGradient);
        workspace.Pass!.Gradient = gradient;
        layers.Backward(workspace.Pass, workspace.OutputGradient, inputGradient: false);
        return value;
    }

    /// <summary>The gradient of the mean loss by the features, [feature][padded row]; for tests and for looking inside.</summary>
    internal AlignedBuffer<T> InputGradient(Batch<T> batch, Loss loss, Parameters<T> at, Parameters<T> gradient, Pcg64? chance)
    {
        var outputs = Forward(batch, at, PassPurpose.SecondLook, chance);
        loss.Evaluate(outputs, batch, workspace!.RowLoss, workspace.OutputGradient);
        workspace.Pass!.Gradient = gradient;
        return layers.Backward(workspace.Pass, workspace.OutputGradient, inputGradient: true)!;
    }

    /// <summary>How many rows of the batch last seen have their label as the class predicted.</summary>
    internal int CountRight(Batch<T> batch)
    {
        var right = 0;
        for (var b = 0; b < batch.Rows; b++) right += LargestOutput(batch, b) == batch.Labels[b] ? 1 : 0;
        return right;
    }

    internal Dataset CheckedFit(Dataset data, Loss loss)
    {
        loss.CheckFit(DataShape.Of(CheckedFeatures(data)), Outputs);
        for (var row = 0; row < (data.IsClassification ? 0 : data.Rows); row++)
        {
            if (loss.Problem(data.Targets.Slice(row * data.TargetCount, data.TargetCount)) is { } problem)
            {
                throw new SteepestException($"{data.Name}, row {Text.Of(row + 1)}: {problem} for {loss}.");
            }
        }

        return data;
    }

    private Dataset CheckedFeatures(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckFeatures(DataShape.Of(data));
        if (typeof(T) == typeof(float)) data.RequireSingle();
        return data;
    }

    internal void CheckFeatures(DataShape data)
    {
        if (data.Features != Spec.Inputs)
        {
            throw new SteepestException($"{data.Name} has {Text.Of(data.Features)} features, but the network has {Text.Of(Spec.Inputs)} inputs.");
        }
    }

    private int LargestOutput(Batch<T> batch, int row)
    {
        var outputs = workspace!.Outputs.Span;
        if (Outputs == 1) return outputs[row] > T.Zero ? 1 : 0;
        var largest = 0;
        for (var c = 1; c < Outputs; c++)
        {
            if (outputs[(c * batch.Stride) + row] > outputs[(largest * batch.Stride) + row]) largest = c;
        }

        return largest;
    }

    private static Span<T> Flat(T[,] array) => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private Batch<T> PartsOf(Dataset data) => BatchToEvaluate(data, Loss.MeanSquaredError);

    /// <summary>Writes the outputs, or the probabilities of the classes, row by row.</summary>
    private void Write<TNumber>(Dataset data, Parameters<T> at, Batch<T> batch, bool asProbabilities, Span<TNumber> rows)
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    {
        var columns = asProbabilities ? Math.Max(Outputs, 2) : Outputs;
        for (var start = 0; start < data.Rows; start += batch.Capacity)
        {
            Forward(data, start, batch, withTargets: false, at);
            var numbers = (asProbabilities && Outputs > 1 ? ProbabilitiesOf(batch) : workspace!.Outputs).Span;
            for (var b = 0; b < batch.Rows; b++)
            {
                var row = rows.Slice((start + b) * columns, columns);
                if (columns > Outputs)
                {
                    // 1 − p from the logit too, so that it keeps its digits where p is near 1.
                    var second = LaneMath.Sigmoid<LaneScalar<T>, T>(new(numbers[b]), out var first);
                    row[0] = Number(first);
                    row[1] = Number(second);
                    continue;
                }

                for (var c = 0; c < row.Length; c++) row[c] = TNumber.CreateTruncating(numbers[(c * batch.Stride) + b]);
            }
        }

        static TNumber Number(LaneScalar<T> lane)
        {
            var number = T.Zero;
            LaneScalar<T>.Store(lane, ref number);
            return TNumber.CreateTruncating(number);
        }
    }

    /// <summary>The softmax of the outputs of the batch last seen.</summary>
    private AlignedBuffer<T> ProbabilitiesOf(Batch<T> batch)
    {
        var work = new Probabilities<T>
        {
            Logits = ref workspace!.Outputs.First,
            Output = ref workspace.OutputGradient.First,
            Classes = Outputs,
            Stride = batch.Stride,
        };
        Lanes.Run<T, Probabilities<T>>(ref work);
        return workspace.OutputGradient;
    }

    private void Forward(Dataset data, int start, Batch<T> batch, bool withTargets, Parameters<T> at)
    {
        batch.Load(data, start, Math.Min(batch.Capacity, data.Rows - start), withTargets);
        Forward(batch, at);
    }

    private Pass<T> PassOf(Batch<T> batch, Parameters<T> at, Parameters<T> gradient)
    {
        var pass = workspace!.Pass ??= new Pass<T>(workspace.ByRow) { At = at, Buffers = Buffers, Gradient = gradient, Batch = batch };
        pass.At = at;
        pass.Batch = batch;
        pass.Threads = Threads;
        return pass;
    }
}

/// <summary>Memory for one batch at the end of a network and on its way back; what the layers need they own.</summary>
internal sealed class Workspace<T>(int capacity, int padded, int outputs, int widestTurn)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows that are evaluated at once where there is not room for more already.</summary>
    public const int RowsToEvaluate = 256;

    /// <summary>Rows that fit.</summary>
    public int Capacity => capacity;

    public AlignedBuffer<T> RowLoss { get; } = new(padded);

    /// <summary>The loss's gradient by the network's outputs, [output][stride].</summary>
    public AlignedBuffer<T> OutputGradient { get; } = new((long)outputs * padded);

    /// <summary>A layer's input row by row.</summary>
    public AlignedBuffer<T> ByRow { get; } = new((long)capacity * Lanes.Padded<T>(widestTurn));

    /// <summary>The outputs of the batch last seen, [output][stride]; the last layer owns them.</summary>
    public AlignedBuffer<T> Outputs { get; set; } = new(0);

    public Pass<T>? Pass { get; set; }
}
