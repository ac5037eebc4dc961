using System.Numerics;

namespace Steepest;

/// <summary>The description of a layer: equal by value.</summary>
public abstract record LayerSpec
{
    private protected LayerSpec()
    {
    }

    /// <summary>How many numbers the layer gives for each row.</summary>
    /// <param name="inputs">How many it is given.</param>
    public virtual int OutputsFor(int inputs) => inputs;

    /// <summary>Makes the layer.</summary>
    /// <param name="plan">Receives the layer's segments.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="inputs">How many numbers the layer is given for each row.</param>
    internal abstract Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Where the layers of a network lay out what they keep.</summary>
internal sealed class LayerPlan<T>
    where T : unmanaged
{
    /// <summary>What has a gradient and is trained.</summary>
    public LayoutBuilder<T> Parameters { get; } = new();

    /// <summary>What is counted along the way: running statistics.</summary>
    public LayoutBuilder<T> Buffers { get; } = new();
}
