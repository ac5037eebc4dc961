using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Where a layer's parameters start; equal by value. Numbers are drawn as doubles, weights first, then biases, and rounded to the network's
/// precision, so that a network starts alike in both.
/// </summary>
/// <remarks>
/// Normal numbers are drawn as the papers and PyTorch draw them, from the whole normal distribution. Keras's <c>he_normal</c>,
/// <c>glorot_normal</c> and <c>lecun_normal</c> draw again whatever lies beyond two standard deviations, and widen what is left until its
/// variance is the same.
/// </remarks>
public abstract record Initializer
{
    private protected Initializer()
    {
    }

    /// <summary>Weights uniform within ±√(6 / inputs), variance 2 / inputs; biases zero: for the ReLU family (He et al. 2015, section 2.2, equation 10). Keras's <c>he_uniform</c>.</summary>
    public static Initializer He { get; } = new ScaledUniform("he", 6, CountOutputs: false, DrawBiases: false);

    /// <summary>Weights normal with variance 2 / inputs, biases zero: for the ReLU family (He et al. 2015, section 2.2, equation 10). Keras's <c>he_normal</c> is truncated.</summary>
    public static Initializer HeNormal { get; } = new ScaledNormal("he-normal", 2, CountOutputs: false);

    /// <summary>Weights uniform within ±√(6 / (inputs + outputs)), biases zero: for tanh and sigmoid (Glorot and Bengio 2010, section 4.2.1, equation 16). Keras's <c>glorot_uniform</c>.</summary>
    public static Initializer Glorot { get; } = new ScaledUniform("glorot", 6, CountOutputs: true, DrawBiases: false);

    /// <summary>Weights normal with variance 2 / (inputs + outputs), biases zero: for tanh and sigmoid (Glorot and Bengio 2010, section 4.2.1, equation 12). Keras's <c>glorot_normal</c> is truncated.</summary>
    public static Initializer GlorotNormal { get; } = new ScaledNormal("glorot-normal", 2, CountOutputs: true);

    /// <summary>Weights uniform within ±√(3 / inputs), variance 1 / inputs; biases zero (LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.6, equation 16). Keras's <c>lecun_uniform</c>.</summary>
    public static Initializer LeCun { get; } = new ScaledUniform("lecun", 3, CountOutputs: false, DrawBiases: false);

    /// <summary>Weights normal with variance 1 / inputs, biases zero: for SELU (LeCun et al. 1998, "Efficient BackProp", section 4.6, equation 16; Klambauer et al. 2017, section 2). Keras's <c>lecun_normal</c> is truncated.</summary>
    public static Initializer LeCunNormal { get; } = new ScaledNormal("lecun-normal", 1, CountOutputs: false);

    /// <summary>PyTorch's default for <c>nn.Linear</c>: weights and biases uniform within ±1/√inputs. In PyTorch's words <c>kaiming_uniform_</c> with a = √5, which for the weights comes to the same.</summary>
    public static Initializer PyTorch { get; } = new ScaledUniform("pytorch", 1, CountOutputs: false, DrawBiases: true);

    /// <summary>Keras's default for <c>Dense</c>: the numbers of <see cref="Glorot"/>.</summary>
    public static Initializer Keras { get; } = new ScaledUniform("keras", 6, CountOutputs: true, DrawBiases: false);

    /// <summary>Weights and biases zero. The units of a hidden layer that starts so stay equal to each other: for a network without one.</summary>
    public static Initializer Zeros { get; } = new ZerosInitializer();

    /// <summary>
    /// The initializers by the names that the command knows them by. Those with settings have the defaults of PyTorch's <c>nn.init</c>:
    /// uniform from 0 to 1, normal with mean 0 and standard deviation 1, orthogonal with gain 1.
    /// </summary>
    public static IReadOnlyList<Initializer> All { get; } =
        [He, HeNormal, Glorot, GlorotNormal, LeCun, LeCunNormal, Orthogonal(), Uniform(0, 1), Normal(0, 1), Zeros, PyTorch, Keras];

    /// <summary>The name in the command's spelling: kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Weights and biases uniform on [low, high), drawn in double; one next to high may be rounded to it.</summary>
    /// <param name="low">The smallest value that may be drawn; finite.</param>
    /// <param name="high">Where the range ends; finite and greater than <paramref name="low"/>, by a finite distance.</param>
    /// <exception cref="SteepestException">The bounds are not finite, not in order or too far apart.</exception>
    public static Initializer Uniform(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
            throw new SteepestException($"The initializer uniform has the bounds {Text.Of(low)} and {Text.Of(high)}, but they must be finite and the first less than the second.");
        return double.IsFinite(high - low)
            ? new UniformInitializer(low, high)
            : throw new SteepestException($"The initializer uniform has the bounds {Text.Of(low)} and {Text.Of(high)}, but they must lie a finite distance apart.");
    }

    /// <summary>Weights and biases normal, not truncated.</summary>
    /// <param name="mean">The mean; finite.</param>
    /// <param name="standardDeviation">The standard deviation; finite, 0 or more.</param>
    /// <exception cref="SteepestException">The mean is not finite, or the standard deviation is not finite or negative.</exception>
    public static Initializer Normal(double mean, double standardDeviation)
    {
        if (!double.IsFinite(mean))
            throw new SteepestException($"The mean of the initializer normal is {Text.Of(mean)}, but it must be finite.");
        return double.IsFinite(standardDeviation) && standardDeviation >= 0
            ? new NormalInitializer(mean, standardDeviation)
            : throw new SteepestException($"The standard deviation of the initializer normal is {Text.Of(standardDeviation)}, but it must be a finite number that is not negative.");
    }

    /// <summary>
    /// Weights an orthogonal matrix times the gain, each such matrix as likely as any other; biases zero. The weights of different outputs are
    /// orthogonal; where there are more outputs than inputs, those of different inputs (Saxe, McClelland and Ganguli 2013). Keras's
    /// <c>orthogonal</c> and PyTorch's <c>orthogonal_</c>.
    /// </summary>
    /// <param name="gain">The length of each output's weights (or input's, if they are the orthogonal ones); finite and above 0.</param>
    /// <exception cref="SteepestException">The gain is not finite or not above 0.</exception>
    public static Initializer Orthogonal(double gain = 1) => double.IsFinite(gain) && gain > 0
        ? new OrthogonalInitializer(gain)
        : throw new SteepestException($"The gain of the initializer orthogonal is {Text.Of(gain)}, but it must be finite and above 0.");

    /// <summary>The initializer of that name, with its default settings.</summary>
    /// <param name="name">A name out of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static Initializer Find(string name) =>
        All.FirstOrDefault(i => i.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("initializer", name, All.Select(i => i.Name));

    /// <summary>The command's spelling: the name, and in brackets the settings if there are any, as in <c>uniform(low:0;high:1)</c>.</summary>
    public sealed override string ToString() =>
        Settings is [] ? Name : $"{Name}({string.Join(';', Settings.Select(setting => $"{setting.Key}:{Text.Of(setting.Value)}"))})";

    /// <summary>Draws the parameters of a dense layer.</summary>
    /// <param name="generator">Where the numbers come from; it moves on.</param>
    /// <param name="inputs">Weights of an output, 1 or more.</param>
    /// <param name="outputs">Outputs of the layer, 1 or more.</param>
    /// <param name="weights">Row-major, [outputs][inputs].</param>
    /// <param name="biases">One for each output, or none.</param>
    internal abstract void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private protected virtual IReadOnlyList<(string Key, double Value)> Settings => [];

    private protected static void FillUniform<T>(Pcg64 generator, double low, double high, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref var value in values) value = T.CreateChecked(generator.Uniform(low, high));
    }

    private protected static void FillNormal<T>(Pcg64 generator, double mean, double standardDeviation, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref var value in values) value = T.CreateChecked(generator.Normal(mean, standardDeviation));
    }
}
