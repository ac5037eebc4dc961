using System.Numerics;

namespace Steepest;

/// <summary>What a layer does to each of its weighted sums z before it passes them on.</summary>
/// <remarks>NaN stays NaN; at ±∞ each gives its limit.</remarks>
public abstract record Activation
{
    private protected Activation()
    {
    }

    /// <summary>z itself.</summary>
    public static Activation Identity { get; } = new IdentityActivation();

    /// <summary>max(0, z); its derivative at 0 is 0 (Nair and Hinton 2010).</summary>
    public static Activation Relu { get; } = new ReluActivation();

    /// <summary>The scaled exponential linear unit: λz above 0, λα(eᶻ − 1) elsewhere, with λ ≈ 1.0507 and α ≈ 1.6733, for which sums of mean 0
    /// and variance 1 stay so from layer to layer; its derivative at 0 is λα (Klambauer et al. 2017).</summary>
    public static Activation Selu { get; } = new SeluActivation();

    /// <summary>The Gaussian error linear unit zΦ(z), with Φ the normal distribution function, exact also far on the left (Hendrycks and
    /// Gimpel 2016).</summary>
    public static Activation Gelu { get; } = new GeluActivation();

    /// <summary>½z(1 + tanh(√(2/π)(z + 0.044715z³))), which is within 5e-4 of <see cref="Gelu"/> (Hendrycks and Gimpel 2016, section 2).</summary>
    public static Activation GeluTanh { get; } = new GeluTanhActivation();

    /// <summary>zσ(z), with σ the logistic function; also called swish (Elfwing, Uchibe and Doya 2017).</summary>
    public static Activation Silu { get; } = new SiluActivation();

    /// <summary>z · min(max(z + 3, 0), 6)/6; its derivative at −3 is 0 and at 3 it is 1 (Howard et al. 2019, section 5.2).</summary>
    /// <remarks>The slopes on the inner sides are −½ and 1.5. At the kinks the outer slope is taken; PyTorch's versions differ there.</remarks>
    public static Activation HardSwish { get; } = new HardSwishActivation();

    /// <summary>z tanh(log(1 + eᶻ)) (Misra 2019).</summary>
    public static Activation Mish { get; } = new MishActivation();

    /// <summary>The hyperbolic tangent of z.</summary>
    public static Activation Tanh { get; } = new TanhActivation();

    /// <summary>The logistic function 1/(1 + e⁻ᶻ).</summary>
    public static Activation Sigmoid { get; } = new SigmoidActivation();

    /// <summary>The activations by the names that the command knows them by, each with its default settings.</summary>
    public static IReadOnlyList<Activation> All { get; } =
        [LeakyRelu(), Relu, Elu(), Selu, Gelu, GeluTanh, Silu, HardSwish, Mish, Softplus(), Tanh, Sigmoid, Identity];

    /// <summary>The name in the command's spelling: kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>z where it is positive, slope · z elsewhere; its derivative at 0 is the slope (Maas, Hannun and Ng 2013).</summary>
    /// <param name="slope">The slope below zero, finite and not negative; 0 gives <see cref="Relu"/>.</param>
    /// <exception cref="SteepestException">The slope is negative or not finite.</exception>
    public static Activation LeakyRelu(double slope = 0.01) =>
        slope >= 0 && double.IsFinite(slope) ? slope == 0 ? Relu : new LeakyReluActivation(slope)
        : throw new SteepestException($"The slope of leaky-relu is {Text.Of(slope)}, but it must be a finite number that is not negative.");

    /// <summary>The exponential linear unit: z where it is positive, alpha · (eᶻ − 1) elsewhere; its derivative at 0 is alpha (Clevert,
    /// Unterthiner and Hochreiter 2016).</summary>
    /// <param name="alpha">What it falls to far on the left, less its sign; finite and not negative.</param>
    /// <exception cref="SteepestException">Alpha is negative or not finite.</exception>
    public static Activation Elu(double alpha = 1) => alpha >= 0 && double.IsFinite(alpha)
        ? new EluActivation(alpha)
        : throw new SteepestException($"The alpha of elu is {Text.Of(alpha)}, but it must be a finite number that is not negative.");

    /// <summary>log(1 + e^(beta · z))/beta, a smooth max(0, z) (Dugas et al. 2001).</summary>
    /// <remarks>The function itself everywhere; PyTorch goes over to z where beta · z is above 20, which differs by up to 2.1e-9/beta.</remarks>
    /// <param name="beta">How sharp the bend at 0 is; finite and positive.</param>
    /// <exception cref="SteepestException">Beta is not positive or not finite.</exception>
    public static Activation Softplus(double beta = 1) => beta > 0 && double.IsFinite(beta)
        ? new SoftplusActivation(beta)
        : throw new SteepestException($"The beta of softplus is {Text.Of(beta)}, but it must be a finite number above 0.");

    /// <summary>The activation of that name, with its default settings.</summary>
    /// <param name="name">A name out of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static Activation Find(string name) =>
        All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("activation", name, All.Select(a => a.Name));

    /// <inheritdoc/>
    public sealed override string ToString() => Setting is { } setting ? $"{Name}({Text.Of(setting)})" : Name;

    /// <summary>The setting that the name alone does not say, if there is one.</summary>
    private protected virtual double? Setting => null;

    /// <summary>Where parameters of a layer with this activation start unless its description says otherwise.</summary>
    internal virtual Initializer DefaultInitializer => Initializer.He;

    /// <exception cref="SteepestException">A setting does not suit the precision.</exception>
    internal abstract DenseKernels<T> Kernels<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A setting in the precision that a network computes in.</summary>
    private protected T In<T>(double value, string setting, bool divides = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rounded = T.CreateChecked(value);
        if (T.IsFinite(rounded) && !(divides && T.IsInfinity(T.One / rounded)))
            return rounded;
        throw new SteepestException($"The {setting} of {Name} is {Text.Of(value)}, which is too {(T.IsFinite(rounded) ? "small" : "large")} for {Text.PrecisionOf<T>()}.");
    }
}
