namespace Steepest.Compare;

/// <summary>A contender with the learning rates that it is to race at.</summary>
/// <param name="Contender">Who races.</param>
/// <param name="Optimizer">The optimizer; its own learning rate does not matter.</param>
/// <param name="Rates">The learning rates; at least one.</param>
/// <exception cref="SteepestException">There is no learning rate.</exception>
public sealed record Entrant(Contender Contender, Optimizer Optimizer, ValueList<double> Rates)
{
    /// <summary>The learning rates.</summary>
    public ValueList<double> Rates { get; init => field = Checked(value); } = Checked(Rates);

    /// <summary>Whether it runs with the optimizer's own schedule instead of constant rates.</summary>
    public bool KeepsSchedule { get; init; }

    /// <summary>Whether the rates are somebody's choice, and not the usual ones.</summary>
    public bool HasOwnRates { get; init; }

    /// <summary>The segments that are trained otherwise than by the optimizer alone; the first that matches wins.</summary>
    public ValueList<ContenderGroup> Groups { get; init; } = [];

    /// <summary>An optimizer with its own schedule, under both names.</summary>
    /// <param name="optimizer">The optimizer with its schedule.</param>
    /// <param name="groups">The segments that are trained otherwise.</param>
    public static Entrant With(Optimizer optimizer, ValueList<ContenderGroup>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var own = Named(optimizer, groups ?? []);
        var contender = new Contender($"{own.Name},learning-rate={optimizer.LearningRate}", $"{own.Title}, {optimizer.LearningRate}");
        return new(contender, optimizer, [optimizer.LearningRate.At(0, 1)]) { KeepsSchedule = true, Groups = groups ?? [] };
    }

    /// <summary>An optimizer under its own name.</summary>
    /// <param name="optimizer">The optimizer; its own learning rate does not matter.</param>
    /// <param name="rates">The learning rates; at least one.</param>
    /// <param name="groups">The segments that are trained otherwise.</param>
    public static Entrant Of(Optimizer optimizer, ValueList<double> rates, ValueList<ContenderGroup>? groups = null) =>
        new(Named(optimizer, groups ?? []), optimizer, rates) { Groups = groups ?? [] };

    private static Contender Named(Optimizer optimizer, ValueList<ContenderGroup> groups) => groups.Aggregate(
        Contender.Of(optimizer), (contender, group) => new($"{contender.Name},group={group}", $"{contender.Title}, {group}"));

    private static ValueList<double> Checked(ValueList<double> rates) => rates is { Count: > 0 }
        ? rates
        : throw new SteepestException("A contender has no learning rate to race at, but it needs at least one.");
}

/// <summary>Turns contenders and their learning rates into the runs of a race.</summary>
public static class RacePlanner
{
    private const double ArticleRate = 0.01;
    private const int ArticleAdamEpochs = 250;
    private const int ArticleEpochs = 19_000;
    private const int AdaptiveEpochs = 5_000;

    /// <summary>The contenders of the article's race, each at the rates of <see cref="RacePlan.Rates"/>: gradient descent, momentum 0.9 and Adam.</summary>
    /// <param name="epsilon">Adam's ε; the article's is the smallest positive double.</param>
    public static ValueList<Entrant> ArticleEntrants(double epsilon) =>
    [
        Entrant.Of(new GradientDescent(ArticleRate), RacePlan.Rates),
        Entrant.Of(new Sgd(ArticleRate, Momentum: 0.9), RacePlan.Rates),

        // The name says the ε, so that the race can be repeated from its record; sentences need not.
        new(Contender.Of(new Adam(ArticleRate, Epsilon: epsilon)) with { Title = "Adam" }, new Adam(ArticleRate, Epsilon: epsilon), RacePlan.Rates),
    ];

    /// <summary>
    /// Plans a race. First every contender at the common learning rate (0.01 if all race at it, else the first that all share), then at its
    /// others. Gradient descent and momentum get 19,001 epochs, the adaptive ones 5,000; the pace setter 19,000 or 5,000.
    /// </summary>
    /// <param name="task">What they race on.</param>
    /// <param name="entrants">Who races; at least one.</param>
    /// <param name="epochs">A budget for every run instead.</param>
    /// <param name="target">What to reach; <see langword="null"/> for the last loss of the first contender's first run.</param>
    /// <param name="articleEpochs">Whether Adam also runs the article's 250 epochs, target or not.</param>
    public static RacePlan Plan(RaceTask task, IReadOnlyList<Entrant> entrants, int? epochs = null, Target? target = null, bool articleEpochs = false)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(entrants);
        var common = entrants.Count > 1 ? CommonRate(entrants) : null;
        var runs = new List<RunSpec>();
        foreach (var entrant in entrants)
        {
            var rate = common ?? entrant.Rates[0];
            var setsPace = runs.Count == 0 && target is null;
            runs.Add(Run(entrant, rate, epochs ?? (setsPace ? PaceEpochs(entrant) : Budget(entrant)), stops: !setsPace));
        }

        if (articleEpochs)
        {
            runs.AddRange(entrants.Where(e => e.Optimizer is Adam && e.Rates.Contains(ArticleRate))
                .Select(e => Run(e, ArticleRate, ArticleAdamEpochs, stops: false)));
        }

        foreach (var entrant in entrants)
        {
            runs.AddRange(entrant.Rates.Where(rate => rate != (common ?? entrant.Rates[0]))
                .Select(rate => Run(entrant, rate, epochs ?? Budget(entrant), stops: true)));
        }

        return new RacePlan(task, [.. runs]) { Target = target, CommonRate = common };
    }

    private static RunSpec Run(Entrant entrant, double rate, int epochs, bool stops)
    {
        var optimizer = entrant.KeepsSchedule ? entrant.Optimizer : entrant.Optimizer with { LearningRate = rate };
        return new(entrant.Contender, optimizer, epochs, stops) { Groups = [.. entrant.Groups.Select(group => group.For(optimizer))] };
    }

    private static double? CommonRate(IReadOnlyList<Entrant> entrants)
    {
        if (entrants.Any(e => e.KeepsSchedule)) return null;
        var shared = entrants[0].Rates.Where(rate => entrants.All(e => e.Rates.Contains(rate))).ToArray();
        return shared.Contains(ArticleRate) ? ArticleRate : shared.Length > 0 ? shared[0] : null;
    }

    // One epoch more than the pace setter: the target may be reached a rounding error later.
    private static int Budget(Entrant entrant) => IsPlain(entrant) ? ArticleEpochs + 1 : AdaptiveEpochs;

    private static int PaceEpochs(Entrant entrant) => IsPlain(entrant) ? ArticleEpochs : AdaptiveEpochs;

    private static bool IsPlain(Entrant entrant) => entrant.Optimizer is GradientDescent or Sgd;
}
