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
    public ulong Seed { get; init; } = 1;

    /// <summary>Whom all others are compared with; <see langword="null"/> for the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether every two contenders are compared.</summary>
    public bool AllPairs { get; init; }
}
