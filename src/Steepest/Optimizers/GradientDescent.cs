using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Gradient descent (Cauchy 1847): every parameter moves against its gradient.</summary>
/// <remarks>
/// <code>
/// θ ← θ − α g
/// </code>
/// <para>PyTorch, Keras and optax: the same; each calls it SGD.</para>
/// <para>State: none.</para>
/// <para>On a mini-batch g is the mean over the batch, and this is stochastic gradient descent as Robbins and Monro have it.</para>
/// </remarks>
/// <param name="LearningRate">α: positive and finite.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso>Cauchy 1847: Méthode générale pour la résolution des systèmes d'équations simultanées</seealso>
/// <seealso href="https://doi.org/10.1214/aoms/1177729586">Robbins &amp; Monro 1951: A Stochastic Approximation Method</seealso>
public sealed record GradientDescent(Schedule LearningRate) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "gradient-descent", "gradient descent", "Cauchy 1847", 0,
        [new("learning-rate", 0.01, Interval.Positive, "α, how far a step goes")],
        (learningRate, _) => new GradientDescent(learningRate));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Settings[0].Checked(value, About.Name); } =
        About.Settings[0].Checked(LearningRate, About.Name);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) =>
        ElementwiseStepper.Stateless(parameters, LearningRate, at => new Rule<T>(T.CreateChecked(at.LearningRate)));

    internal readonly struct Rule<T>(T α) : IRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g)
            where V : struct, ILane<V, T>
        {
            return θ - (α * g);
        }
    }
}
