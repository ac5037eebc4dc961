namespace Steepest.Compare;

/// <summary>A contender of an experiment: an optimizer, and what is tuned of it.</summary>
/// <param name="Contender">Who it is; the name is unique in its experiment.</param>
/// <param name="Optimizer">The optimizer as it is set: what runs where nothing is tuned, and beside the tuned one.</param>
/// <param name="Space">What is tuned.</param>
public sealed record ExperimentContender(Contender Contender, Optimizer Optimizer, SearchSpace Space)
{
    /// <summary>The segments that are trained otherwise than by the optimizer alone; the first that matches wins.</summary>
    public ValueList<ContenderGroup> Groups { get; init; } = [];

    /// <summary>Another number gives other starts, orders and settings on the same splits: copies of a contender with different salts differ in their luck alone.</summary>
    public ulong Salt { get; init; }
}

/// <summary>Tasks × contenders × repeats: each contender tuned with the same number of tries on each task, in every repeat anew, and then run.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Tasks">The tasks, each name once.</param>
/// <param name="Contenders">The contenders, each name once; at least two.</param>
public sealed record Experiment(string Name, ValueList<TaskSpec> Tasks, ValueList<ExperimentContender> Contenders)
{
    /// <summary>Repeats of the whole procedure: K.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>Settings that each contender tries in each repeat: N.</summary>
    public int Tries { get; init; } = 25;

    /// <summary>How many of the best settings are run again on fresh starts.</summary>
    public int Confirmed { get; init; } = 3;

    /// <summary>On how many fresh starts each.</summary>
    public int Confirmations { get; init; } = 3;

    /// <summary>Decides every split, start, order and setting.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Whom all others are compared with; <see langword="null"/> for the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether every two contenders are compared.</summary>
    public bool AllPairs { get; init; }

    /// <summary>Whom all others are compared with.</summary>
    internal ExperimentContender BaselineContender => Baseline is null ? Contenders[0] : Contenders.First(one => one.Contender.Name == Baseline);

    /// <summary>Comparisons that are made on one task at most.</summary>
    internal int Comparisons => AllPairs ? Contenders.Count * (Contenders.Count - 1) / 2 : Contenders.Count - 1;

    /// <summary>The least number of repeats with which any verdict is possible.</summary>
    public int FewestRepeats => FewestRepeatsFor(Comparisons);

    /// <summary>The number of repeats to take where nobody says another: 10, or more where so many comparisons need more.</summary>
    /// <param name="contenders">How many contenders there are.</param>
    /// <param name="allPairs">Whether every two of them are compared.</param>
    public static int UsualRepeats(int contenders, bool allPairs) => Math.Max(10, FewestRepeatsFor(allPairs ? contenders * (contenders - 1) / 2 : contenders - 1));

    /// <summary>Refuses what cannot become an experiment, or cannot show anything.</summary>
    /// <exception cref="SteepestException">There are no tasks or fewer than two contenders, a name is there twice, the baseline is no contender, a number is too small, or
    /// there are too few repeats for any verdict.</exception>
    public void Check()
    {
        if (Name.Trim().Length == 0) throw new SteepestException("The experiment has no name.");
        if (Tasks.Count == 0) throw new SteepestException($"The experiment {Name} has no task, but it needs at least one.");
        if (Contenders.Count < 2) throw new SteepestException($"The experiment {Name} has {(Contenders.Count == 1 ? "one contender" : "no contender")}, but a comparison needs two or more.");
        RequireOnce("task", Tasks.Select(task => task.Name));
        RequireOnce("contender", Contenders.Select(contender => contender.Contender.Name));
        if (Baseline is { } baseline && !Contenders.Any(contender => contender.Contender.Name == baseline))
            throw NearestName.Unknown("contender", baseline, Contenders.Select(contender => contender.Contender.Name));
        RequireAtLeast("repeats", Repeats, 1);
        RequireAtLeast("tries", Tries, 2);
        RequireAtLeast("confirmed settings", Confirmed, 1);
        RequireAtLeast("confirmations", Confirmations, 1);
        if (Confirmed > Tries) throw new SteepestException($"The experiment {Name} is to confirm {Text.Of(Confirmed)} settings of {Text.Of(Tries)} tries, but it can confirm no more than it tries.");
        foreach (var contender in Contenders) contender.Space.Check(contender);
        if (Repeats < FewestRepeats)
        {
            throw new SteepestException(
                $"With {Text.Count(Repeats, "repeat")} no verdict on {Text.Count(Comparisons, "comparison")} is possible, whatever the results; {Text.Of(FewestRepeats)} repeats or more are needed.");
        }
    }

    private static int FewestRepeatsFor(int comparisons) => new Statistics.Level(Math.Max(1, comparisons), 0).FewestRepeats;

    private void RequireOnce(string what, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new SteepestException($"The experiment {Name} has the {what} {twice.Key} twice, but each needs a name of its own.");
    }

    private void RequireAtLeast(string what, int number, int least)
    {
        if (number < least) throw new SteepestException($"The experiment {Name} has {Text.Of(number)} {what}, but it needs at least {Text.Of(least)}.");
    }
}
