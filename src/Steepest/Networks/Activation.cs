using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What a layer does to each of its weighted sums z before it passes them on.</summary>
public abstract record Activation
{
    private protected Activation()
    {
    }

    /// <summary>z itself.</summary>
    public static Activation Identity { get; } = new IdentityActivation();

    /// <summary>max(0, z); its derivative at 0 is 0.</summary>
    public static Activation Relu { get; } = new LeakyReluActivation(0);

    /// <summary>The hyperbolic tangent of z.</summary>
    public static Activation Tanh { get; } = new TanhActivation();

    /// <summary>The logistic function 1/(1 + e⁻ᶻ).</summary>
    public static Activation Sigmoid { get; } = new SigmoidActivation();

    /// <summary>The activations by the names that the command knows them by, each with its default settings.</summary>
    public static IReadOnlyList<Activation> All { get; } = [LeakyRelu(), Relu, Tanh, Sigmoid, Identity];

    /// <summary>The name in the command's spelling: kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>z where it is positive, slope · z elsewhere; its derivative at 0 is the slope (Maas, Hannun and Ng 2013).</summary>
    /// <param name="slope">The slope below zero, finite and not negative.</param>
    /// <exception cref="SteepestException">The slope is negative or not finite.</exception>
    public static Activation LeakyRelu(double slope = 0.01) => slope >= 0 && double.IsFinite(slope)
        ? new LeakyReluActivation(slope)
        : throw new SteepestException($"The slope of leaky-relu is {Text.Of(slope)}, but it must be a finite number that is not negative.");

    /// <summary>The activation of that name, with its default settings.</summary>
    /// <param name="name">A name out of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static Activation Find(string name) =>
        All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("activation", name, All.Select(a => a.Name));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Where parameters of a layer with this activation start unless its description says otherwise.</summary>
    internal virtual Initializer DefaultInitializer => Initializer.Glorot;

    internal abstract DenseKernels<T> Kernels<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private sealed record IdentityActivation : Activation
    {
        public override string Name => "identity";

        public override string ToString() => Name;

        internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

        private readonly struct Rule<T> : IActivationRule<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public static bool KeepsTrace => false;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Value<V>(V z, out V trace)
                where V : struct, IKernelLane<V, T> => trace = z;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Derivative<V>(V a)
                where V : struct, IKernelLane<V, T> => V.Broadcast(T.One);
        }
    }

    private sealed record LeakyReluActivation(double Slope) : Activation
    {
        public override string Name => Slope == 0 ? "relu" : "leaky-relu";

        internal override Initializer DefaultInitializer => Initializer.He;

        public override string ToString() => Slope == 0 ? Name : $"{Name}({Text.Of(Slope)})";

        internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(new Rule<T>(T.CreateChecked(Slope)));

        private readonly struct Rule<T>(T slope) : IActivationRule<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public static bool KeepsTrace => false;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Value<V>(V z, out V trace)
                where V : struct, IKernelLane<V, T> => trace = V.WhereGreater(z, V.Broadcast(T.Zero), z, slope * z);

            // With a slope that is not negative, a is positive exactly where z is.
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Derivative<V>(V a)
                where V : struct, IKernelLane<V, T> => V.WhereGreater(a, V.Broadcast(T.Zero), V.Broadcast(T.One), V.Broadcast(slope));
        }
    }

    private sealed record TanhActivation : Activation
    {
        public override string Name => "tanh";

        public override string ToString() => Name;

        internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

        private readonly struct Rule<T> : IActivationRule<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public static bool KeepsTrace => false;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Value<V>(V z, out V trace)
                where V : struct, IKernelLane<V, T> => trace = LaneMath.Tanh<V, T>(z);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Derivative<V>(V a)
                where V : struct, IKernelLane<V, T> => V.Broadcast(T.One) - (a * a);
        }
    }

    private sealed record SigmoidActivation : Activation
    {
        public override string Name => "sigmoid";

        public override string ToString() => Name;

        internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

        private readonly struct Rule<T> : IActivationRule<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public static bool KeepsTrace => false;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Value<V>(V z, out V trace)
                where V : struct, IKernelLane<V, T> => trace = LaneMath.Sigmoid<V, T>(z);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public V Derivative<V>(V a)
                where V : struct, IKernelLane<V, T> => a * (V.Broadcast(T.One) - a);
        }
    }
}
