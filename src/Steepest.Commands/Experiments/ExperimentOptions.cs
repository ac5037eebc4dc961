using System.CommandLine;
using Steepest.Commands.Runs;
using Steepest.Compare;
using Steepest.Compare.Store;
using Steepest.Compare.Tuning;

namespace Steepest.Commands;

/// <summary>The options of <c>steepest compare</c> that make an experiment of it: tries, repeats and what goes with them.</summary>
internal sealed class ExperimentOptions
{
    private readonly Option<string?> repeats = Option<string?>("--repeats", "number", "Repeats of the whole procedure, tuning and final run, on other rows and starts; asks for an experiment. Without it 10, or as many as a verdict on so many contenders needs.");
    private readonly Option<string?> tries = Option<string?>("--tries", "number", "Settings that each contender tries in each repeat; asks for an experiment. Without it 25.");
    private readonly Option<string?> space = Option<string?>("--space", "name", "usual tunes the learning rate alone; wide adds momentum or β₁, weight decay and a cosine schedule. Without it usual.");
    private readonly Option<string?> baseline = Option<string?>("--baseline", "contender", "The contender that all others are compared with. Without it the first.");
    private readonly Option<bool> allPairs = Option<bool>("--all-pairs", null, "Compare every two contenders, at the stricter level that so many comparisons need.");
    private readonly Option<string?> name = Option<string?>("--name", "name", "What the experiment is called in the store. Without it a name made of what decides it.");
    private readonly Option<string?> store = Option<string?>("--store", "file", $"Where trials are remembered, so that none is computed twice; none remembers nothing. {StoreOption.Usual}");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[repeats, tries, space, baseline, allPairs, name, store]) command.Add(option);
    }

    /// <summary>Whether an experiment is asked for, and not a race alone.</summary>
    public bool AskFor(ParseResult parsed) => Given(parsed).Any(option => option != "--store");

    /// <summary>The options of an experiment that are given.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        ((Option[])[repeats, tries, space, baseline, allPairs, name, store]).Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name);

    /// <summary>The experiment of tasks and contenders.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="entrants">The contenders.</param>
    /// <param name="seed">Decides all chance.</param>
    /// <param name="usualBaseline">The baseline unless another is given; <see langword="null"/> for the first.</param>
    /// <param name="usualRepeats">The repeats unless another number is given, or more are needed.</param>
    /// <exception cref="SteepestException">An option cannot be read, or the experiment could show nothing.</exception>
    public Experiment Experiment(ParseResult parsed, ValueList<TaskSpec> tasks, IEnumerable<Entrant> entrants, ulong seed, string? usualBaseline = null, int? usualRepeats = null)
    {
        var spaceOf = Values.Choice<Func<Optimizer, SearchSpace>>("The --space", parsed.GetValue(space) ?? "usual", ("usual", SearchSpaces.UsualFor), ("wide", SearchSpaces.WideFor));
        ValueList<ExperimentContender> contenders = [.. entrants.SelectMany(entrant => ExperimentContenders.Of(entrant, spaceOf))];
        var pairs = parsed.GetValue(allPairs);
        var experiment = new Experiment(parsed.GetValue(name) ?? "experiment", tasks, contenders)
        {
            Seed = seed,
            Tries = parsed.GetValue(tries) is { } n ? Values.Count("The --tries", n, least: 2) : 25,
            Repeats = parsed.GetValue(repeats) is { } k ? Values.Count("The --repeats", k) : Math.Max(usualRepeats ?? 0, Compare.Experiment.UsualRepeats(contenders.Count, pairs)),
            Baseline = parsed.GetValue(baseline) is { } text ? BaselineOf(contenders, text) : usualBaseline,
            AllPairs = pairs,
        };
        if (experiment.Confirmed > experiment.Tries) experiment = experiment with { Confirmed = experiment.Tries };
        if (parsed.GetValue(name) is null) experiment = experiment with { Name = ExperimentName.Of(experiment) };
        experiment.Check();
        return experiment;
    }

    /// <summary>The store that trials are remembered in; <see langword="null"/> for none.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="host">For the current folder.</param>
    /// <exception cref="SteepestException">It cannot be opened.</exception>
    public SqliteTrialStore? Store(ParseResult parsed, CommandHost host)
    {
        var asked = parsed.GetValue(store);
        return asked is "none" ? null : StoreOption.Open(asked, host, create: true);
    }

    // By its name, or by its optimizer's where that is clear.
    private static string BaselineOf(ValueList<ExperimentContender> contenders, string text)
    {
        var names = contenders.Select(one => one.Contender.Name).ToArray();
        return names.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw NearestName.Unknown("contender", text, names);
    }

    private static Option<T> Option<T>(string name, string? value, string description) => new(name) { Description = description, HelpName = value };
}
