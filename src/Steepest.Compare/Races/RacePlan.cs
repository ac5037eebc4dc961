namespace Steepest.Compare;

/// <summary>Who races: an optimizer by a name, whatever its learning rate.</summary>
/// <param name="Name">Its name in the command's spelling, such as <c>sgd,momentum=0.9</c>.</param>
/// <param name="Title">Its name in a sentence, such as "momentum 0.9".</param>
public sealed record Contender(string Name, string Title)
{
    /// <summary>The contender that an optimizer's own names give.</summary>
    /// <param name="optimizer">The optimizer.</param>
    public static Contender Of(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return new Contender(optimizer.ToString(), optimizer.Title);
    }
}

/// <summary>One training run of a race.</summary>
/// <param name="Contender">Who runs.</param>
/// <param name="Optimizer">The optimizer with its learning rate.</param>
/// <param name="Epochs">The most epochs it may run.</param>
/// <param name="StopsAtTarget">Whether it ends where it reaches the target.</param>
public sealed record RunSpec(Contender Contender, Optimizer Optimizer, int Epochs, bool StopsAtTarget = true)
{
    /// <summary>The segments that are trained otherwise than by the optimizer alone; the first that matches wins.</summary>
    public ValueList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>Whether the learning rate is a schedule's, which is part of the contender's name.</summary>
    public bool HasSchedule => Optimizer.LearningRate is not Constant;

    /// <summary>The learning rate at the start.</summary>
    public double LearningRate => Optimizer.LearningRate.At(0, Epochs);
}

/// <summary>
/// A race: runs of several contenders on one task, at the same start, to one target. Without a target of its own, the first run, the pace
/// setter, runs all its epochs and its last loss is the target.
/// </summary>
/// <param name="Task">What they race on.</param>
/// <param name="Runs">The runs; the first sets the pace if there is no target.</param>
/// <exception cref="SteepestException">There is no run.</exception>
public sealed record RacePlan(RaceTask Task, ValueList<RunSpec> Runs)
{
    /// <summary>The runs; the first sets the pace if there is no target.</summary>
    public ValueList<RunSpec> Runs { get; init => field = Checked(value); } = Checked(Runs);

    /// <summary>The learning rates of the second half of the article's race.</summary>
    public static ValueList<double> Rates { get; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

    /// <summary>What to reach; <see langword="null"/> for the pace setter's last loss.</summary>
    public Target? Target { get; init; }

    /// <summary>The learning rate at which all contenders are compared first, if there is one.</summary>
    public double? CommonRate { get; init; }

    /// <summary>The contenders in the order of their first runs.</summary>
    public IEnumerable<Contender> Contenders => Runs.Select(run => run.Contender).Distinct();

    private static ValueList<RunSpec> Checked(ValueList<RunSpec> runs) => runs is { Count: > 0 }
        ? runs
        : throw new SteepestException("A race has no run, but it needs at least one.");
}
