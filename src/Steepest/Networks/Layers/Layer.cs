using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// A layer at work. It owns the memory for what it makes of one batch, and remembers between <see cref="Forward"/> and
/// <see cref="Backward"/> what it needs. All buffers are feature-major, [feature][padded row]; what stands in the padding reaches no result.
/// </summary>
internal abstract class Layer<T>(int inputs, int outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>The activation that this layer ends with, if the layer after it may take its derivative along.</summary>
    public virtual DenseLayer<T>? AsDense => null;

    /// <summary>Whether a training batch needs more rows than one.</summary>
    public virtual bool ComparesRows => false;

    /// <summary>Allocates what batches of up to so many padded rows need.</summary>
    public abstract void MakeRoom(int capacity);

    /// <summary>How many features at most the layer turns row by row on its way back.</summary>
    /// <param name="readsBatch">Whether it reads the batch itself, which is kept row by row too.</param>
    public virtual int WidestTurn(bool readsBatch) => 0;

    /// <summary>Puts parameters and buffers to where they start.</summary>
    public virtual void Start(Pcg64 generator, Parameters<T> parameters, Parameters<T> buffers)
    {
    }

    public abstract AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input);

    /// <summary>Writes the gradient by the layer's parameters, and gives the one by its input.</summary>
    /// <param name="pass">The pass whose <see cref="Forward"/> came before.</param>
    /// <param name="outputGradient">The gradient by the layer's output. The layer may change it.</param>
    /// <param name="inputGradient">Whether the gradient by the input is needed.</param>
    public abstract AlignedBuffer<T>? Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient);

    protected static ref T At(Parameters<T> parameters, ParameterSegment segment) => ref Unsafe.Add(ref parameters.Buffer.First, segment.Offset);
}
