namespace Steepest;

/// <summary>A dense layer: every output is the activation of a weighted sum of all inputs, plus a bias.</summary>
/// <remarks>Segments: <c>weight</c> (units × inputs) and <c>bias</c>.</remarks>
/// <param name="Units">How many outputs; at least 1.</param>
/// <param name="Activation">What is done to each weighted sum.</param>
/// <param name="Bias">Whether a bias is added to each sum.</param>
/// <param name="Initializer">Where the parameters start; <see langword="null"/> chooses <see cref="Initializer.He"/> for the ReLU family and
/// <see cref="Initializer.Glorot"/> otherwise.</param>
/// <exception cref="SteepestException">The layer has no units.</exception>
public sealed record Dense(int Units, Activation Activation, bool Bias = true, Initializer? Initializer = null) : LayerSpec
{
    /// <summary>How many outputs the layer has.</summary>
    public int Units { get; init => field = Checked(value); } = Checked(Units);

    /// <summary>What is done to each weighted sum.</summary>
    public Activation Activation { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } =
        Activation ?? throw new ArgumentNullException(nameof(Activation));

    /// <inheritdoc/>
    public override int OutputsFor(int inputs) => Units;

    /// <summary>As in dense(10, relu).</summary>
    public override string ToString() =>
        $"dense({Text.Of(Units)}, {Activation}{(Bias ? "" : ", no bias")}{(Initializer is null ? "" : $", {Initializer}")})";

    internal override Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs) => new DenseLayer<T>(
        inputs,
        this,
        plan.Parameters.Add($"{name}.weight", ParameterRole.Weight, [Units, inputs]),
        Bias ? plan.Parameters.Add($"{name}.bias", ParameterRole.Bias, [Units]) : null);

    private static int Checked(int units) => units >= 1
        ? units
        : throw new SteepestException($"A dense layer has {Text.Of(units)} units, but it needs at least 1.");
}
