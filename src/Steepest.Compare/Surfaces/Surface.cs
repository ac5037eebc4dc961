using System.Numerics;

namespace Steepest.Compare;

/// <summary>Paths over a test function: who walks, from where and how far.</summary>
/// <param name="Function">The function.</param>
/// <param name="Entrants">Who walks; at least one.</param>
/// <param name="Steps">Steps of each path: 1 to 1,000,000.</param>
/// <exception cref="SteepestException">There is nobody, or a number lies outside its range.</exception>
public sealed record SurfacePlan(TestFunction Function, ValueList<Entrant> Entrants, int Steps)
{
    private const int MostSteps = 1_000_000;

    /// <summary>Who walks.</summary>
    public ValueList<Entrant> Entrants { get; init => field = Checked(value); } = Checked(Entrants);

    /// <summary>Steps of each path.</summary>
    public int Steps { get; init => field = Checked(value); } = Checked(Steps);

    /// <summary>Where each path begins; <see langword="null"/> for the function's own start.</summary>
    public ValueList<double>? Start { get; init; }

    /// <summary>The standard deviation of the normal noise that every number of the gradient gets.</summary>
    public double Noise { get; init; }

    /// <summary>Decides the noise.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The precision of the steps.</summary>
    public Precision Precision { get; init; }

    private static ValueList<Entrant> Checked(ValueList<Entrant> entrants) =>
        entrants is { Count: > 0 } ? entrants : throw new SteepestException("Nobody walks over the surface, but at least one optimizer must.");

    private static int Checked(int steps) => steps is >= 1 and <= MostSteps
        ? steps
        : throw new SteepestException(FormattableString.Invariant($"A path is to have {steps:N0} steps, but 1 to {MostSteps:N0} can be walked."));
}

/// <summary>A path over a test function.</summary>
/// <param name="Contender">Who walked.</param>
/// <param name="LearningRate">Its learning rate at the start.</param>
/// <param name="Path">The places.</param>
/// <param name="RatesTried">How many learning rates this one is the best of; 1 where it was given.</param>
/// <param name="Steps">Steps that it was to take.</param>
public sealed record SurfacePath(Contender Contender, double LearningRate, FunctionPath Path, int RatesTried, int Steps)
{
    /// <summary>How near to a minimum a path must come to have arrived.</summary>
    public const double Near = 0.01;

    /// <summary>The step after which it was within <see cref="Near"/> of a minimum and stayed there; <see langword="null"/> where it did not.</summary>
    public int? ArrivedAt { get; } = Path.Places.Count > Steps ? Path.SettledWithin(Near) : null;

    /// <summary>The step that led to no finite place; <see langword="null"/> where all did.</summary>
    public int? DivergedAt => Path.Places.Count <= Steps ? Path.Places.Count : null;

    /// <summary>Whether the learning rate is a schedule's, which is part of the contender's name.</summary>
    public bool HasSchedule => Path.Optimizer.LearningRate is not Constant;

    /// <summary>The last value.</summary>
    public double LastValue => Path.Function.Value([.. Path.Places[^1]]);
}

/// <summary>Walks over surfaces.</summary>
public static class Surface
{
    /// <summary>Walks all paths of a plan: one for every learning rate that was given, and for a contender without one the best of seven.</summary>
    /// <param name="plan">Who walks where.</param>
    /// <exception cref="SteepestException">A number lies outside its range, or an optimizer cannot train a place of so few numbers.</exception>
    public static IReadOnlyList<SurfacePath> Walk(SurfacePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Precision == Precision.Float ? Walk<float>(plan) : Walk<double>(plan);
    }

    private static SurfacePath[] Walk<T>(SurfacePlan plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. plan.Entrants.SelectMany(entrant => Walk<T>(plan, entrant))];

    private static IEnumerable<SurfacePath> Walk<T>(SurfacePlan plan, Entrant entrant)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (entrant.Groups.Count > 0) throw new SteepestException($"The contender {entrant.Contender.Name} has a group, but a place on a surface is a single segment.");
        var isChosen = !entrant.KeepsSchedule && entrant.Rates.Equals(RacePlan.Rates);
        var optimizers = entrant.KeepsSchedule ? [entrant.Optimizer] : entrant.Rates.Select(rate => entrant.Optimizer with { LearningRate = rate }).ToArray();
        var paths = optimizers.Select(optimizer => new SurfacePath(
            entrant.Contender,
            optimizer.LearningRate.At(0, plan.Steps),
            plan.Function.Descend<T>(optimizer, plan.Steps, plan.Noise, plan.Seed, plan.Start),
            isChosen ? optimizers.Length : 1,
            plan.Steps));
        if (!isChosen) return paths;

        // The first to arrive; where none does, the one that ends nearest and did not diverge.
        return [paths.OrderBy(path => path.DivergedAt is null ? path.ArrivedAt ?? int.MaxValue : long.MaxValue).ThenBy(path => path.Path.Distance).First()];
    }
}
