namespace Steepest.Compare.Tuning;

/// <summary>A default search space, and why it is so.</summary>
/// <param name="Optimizers">For whom.</param>
/// <param name="Space">The space.</param>
/// <param name="Reason">Why.</param>
public sealed record SpaceRow(ValueList<string> Optimizers, SearchSpace Space, string Reason);

/// <summary>The spaces that contenders are tuned over unless something else is said: the learning rate alone, so that as many tries mean the same for all.</summary>
public static class SearchSpaces
{
    private const string Rate = "learning-rate";

    /// <summary>The default spaces by optimizer. Wrappers have that of the optimizer inside; an optimizer that is not here two decades on each side of its default.</summary>
    public static IReadOnlyList<SpaceRow> All { get; } =
    [
        new(["gradient-descent", "sgd", "adagrad", "asgd", "lars", "schedule-free-sgd"], Rates(1e-3, 10),
            "A step is the gradient times the rate, whose size is the task's: the best rates of small networks lie between 0.01 and 3; Adagrad's steps shrink, so its rates are as large."),
        new(["adam", "amsgrad", "adamw", "adamax", "nadam", "radam", "yogi", "adabelief", "adan", "lamb", "rms-prop", "adafactor", "schedule-free-adamw", "muon", "soap", "rprop"], Rates(1e-4, 1),
            "A step is about as long as the rate, whatever the gradient: parameters of order 0.1 to 1 are moved in 1 to 10,000 steps."),
        new(["lion"], Rates(1e-5, 0.1), "Every step is exactly as long as the rate, several times longer than Adam's at the same one: a decade lower (Chen et al. 2023 advise 3 to 10 times)."),
        new(["adadelta"], Rates(1e-2, 100), "It finds its own unit, for which a rate of 1 is meant: two decades on each side."),
        new(["prodigy", "l-bfgs"], SearchSpace.AsSet, "It finds its own step; to tune it would be another method."),
    ];

    /// <summary>The default space of an optimizer.</summary>
    /// <param name="optimizer">The optimizer.</param>
    public static SearchSpace UsualFor(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var inner = Innermost(optimizer);
        if (All.FirstOrDefault(row => row.Optimizers.Contains(inner.Info.Name)) is { } row) return row.Space;
        var rate = inner.Info.Settings[0].Default;
        return rate > 0 && double.IsFinite(rate) ? Rates(rate / 100, rate * 100) : Rates(1e-4, 1);
    }

    /// <summary>The wide space: beside the learning rate the momentum or β₁, the weight decay, and whether the rate falls along a cosine.</summary>
    /// <param name="optimizer">The optimizer.</param>
    public static SearchSpace WideFor(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var usual = UsualFor(optimizer);
        if (usual.IsAsSet) return usual;
        var names = optimizer.Info.Settings.Select(setting => setting.Name).ToArray();
        var dimensions = usual.Dimensions.ToList();
        if ((names.Contains("momentum") ? "momentum" : names.Contains("beta1") ? "beta1" : null) is { } momentum) dimensions.Add(new(momentum, 0.5, 0.99, SpaceScale.LogFromOne));
        if (names.Contains("weight-decay")) dimensions.Add(new("weight-decay", 1e-6, 0.1));
        if (optimizer.LearningRate is Constant) dimensions.Add(new(SpacePoint.Cosine, 0, 1, SpaceScale.Whole));
        return new SearchSpace([.. dimensions]);
    }

    internal static Optimizer Innermost(Optimizer optimizer) => optimizer.Wrapped is { } inner ? Innermost(inner) : optimizer;

    private static SearchSpace Rates(double low, double high) => new([new(Rate, low, high)]);
}
