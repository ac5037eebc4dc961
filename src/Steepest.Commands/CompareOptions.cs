using System.CommandLine;
using Steepest.Compare;
using Steepest.Compare.Descriptions;

namespace Steepest.Commands;

/// <summary>The options of <c>steepest compare</c>, and the race that they describe.</summary>
internal sealed class CompareOptions
{
    private readonly Argument<string> data = new("data")
    {
        Description = "A bundled data set; or a task or a suite of tasks, see: steepest list tasks; or the file of an experiment, such as experiment.json.",
        DefaultValueFactory = _ => RaceTask.Article.Data,
        HelpName = "data",
    };

    private readonly Option<string[]> optimizer = Option<string[]>(
        "--optimizer", "name[,key=value…]", "A contender, such as adam or sgd,momentum=0.9 or adam,learning-rate=0.01/0.03; repeat for more. Without a learning-rate it races at 0.001, 0.003, … 1. After them group=bias(weight-decay:0), group=layer2.*(optimizer:sgd;momentum:0.9) or group=layer1.*(frozen) trains some parameters otherwise. See: steepest list optimizers.");

    private readonly Option<string?> reach = Option<string?>(
        "--reach", "target", "The target: a training loss such as 0.1145, or accuracy=0.95. Without it the first contender runs to the end and its last loss is the target.");

    private readonly Option<string?> hidden = Option<string?>("--hidden", "units", "Units of each hidden layer, such as 64,32; none for no hidden layer. Without it 10.");
    private readonly Option<string?> activation = Option<string?>("--activation", "name", $"One of {string.Join(", ", Activation.All.Select(a => a.Name))}; leaky-relu(slope:0.2), elu(alpha:1) and softplus(beta:1) take a setting. Without it leaky-relu, slope 0.01.");
    private readonly Option<bool> noBias = Option<bool>("--no-bias", null, "Layers without biases.");
    private readonly Option<string?> batchSize = Option<string?>("--batch-size", "rows", "Rows a step. Without it all training rows at once.");
    private readonly Option<string?> epochs = Option<string?>("--epochs", "number", "The budget of every run. Without it 19,001 for gradient-descent and sgd, 5,000 for all others.");
    private readonly Option<string?> seed = Option<string?>("--seed", "number", "Decides split, start and order of rows: 0 to 4294967295. Without it 42.");
    private readonly Option<string?> precision = Option<string?>("--precision", "name", "double or float. Without it double.");
    private readonly Option<string?> initializer = Option<string?>("--initializer", "name", $"Where parameters start: one of {string.Join(", ", Initializer.All.Select(i => i.Name))}; uniform(low:0;high:1), normal(mean:0;standard-deviation:1) and orthogonal(gain:1) take settings. Without it uniform(low:0;high:1) for the article's network on iris, else he, glorot or lecun-normal after the activation.");
    private readonly Option<string?> threads = Option<string?>("--threads", "number", "Runs at once. Without it one a core.");

    public Option<string?> Out { get; } = Option<string?>("--out", "folder", "Where pictures, curves and numbers are kept. Without it steepest-<data>-<n>, the next free n.");

    public Option<bool> Force { get; } = Option<bool>("--force", null, "Replace results that are already in --out.");

    /// <summary>The options that make an experiment of it.</summary>
    public ExperimentOptions Experiments { get; } = new();

    private readonly Option<string?> format = Option<string?>("--format", "name", "table, markdown, or json for one JSON document and nothing else on standard output. Without it table.");

    public void AddTo(Command command)
    {
        command.Add(data);
        foreach (var option in (Option[])[optimizer, reach, hidden, activation, noBias, batchSize, epochs, seed, precision, initializer, threads, Out, Force, format])
        {
            command.Add(option);
        }

        Experiments.AddTo(command);
    }

    /// <summary>How results are to be written.</summary>
    public OutputFormat ChosenFormat(ParseResult parsed) => Values.Choice(
        "The --format", parsed.GetValue(format) ?? "table", ("table", OutputFormat.Table), ("markdown", OutputFormat.Markdown), ("json", OutputFormat.Json));

    /// <summary>Runs at once.</summary>
    public int Threads(ParseResult parsed) => parsed.GetValue(threads) is { } text ? Values.Count("The --threads", text) : Environment.ProcessorCount;

    /// <summary>The race that was asked for.</summary>
    public RacePlan Plan(ParseResult parsed, IReadOnlyList<OptimizerInfo> known)
    {
        var task = Task(parsed);
        return RacePlanner.Plan(task, Entrants(parsed, task, known), Epochs(parsed), TargetOf(parsed), articleEpochs: task.IsArticle && IsOfArticle(parsed));
    }

    /// <summary>The experiment that was asked for; <see langword="null"/> for a race.</summary>
    public Experiment? Experiment(ParseResult parsed, CommandHost host)
    {
        var what = parsed.GetValue(data)!;
        if (IsFile(what)) return FromFile(parsed, what, host);
        var suite = TaskCatalog.Suites.FirstOrDefault(one => one.Name.Equals(what, StringComparison.OrdinalIgnoreCase));
        var known = TaskCatalog.All.FirstOrDefault(one => one.Task.Name.Equals(what, StringComparison.OrdinalIgnoreCase))?.Task;
        var isData = TaskData.All.Any(one => one.Name.Equals(what, StringComparison.OrdinalIgnoreCase));
        if (suite is null && (known is null || isData) && !Experiments.AskFor(parsed)) return null;

        var ofNetwork = OfNetwork.Where(option => IsGiven(parsed, option)).Select(option => option.Name).ToArray();
        if ((suite is not null || (known is not null && !isData)) && ofNetwork.Length > 0)
            throw new SteepestException($"The {(suite is null ? "task" : "suite")} {what} has its own networks, so that {ofNetwork[0]} cannot be given; name a data set to compare on another network.");
        var isOwn = suite is null && (known is null || ofNetwork.Length > 0);
        var task = isOwn || isData ? Task(parsed) : RaceTask.Article;
        ValueList<TaskSpec> tasks = suite is not null ? [.. suite.Tasks.Select(one => Changed(parsed, one))]
            : isOwn ? [ExperimentTask.Of(task, Epochs(parsed), TargetOf(parsed))]
            : [Changed(parsed, known!)];
        var entrants = (parsed.GetValue(optimizer) is null or []) && suite is not null
            ? [.. suite.Contenders.SelectMany(text => OptimizerGrammar.Parse(host.Optimizers, text))]
            : Entrants(parsed, task, host.Optimizers);
        return Experiments.Experiment(parsed, tasks, entrants, SeedOf(parsed), suite?.Baseline, suite?.Repeats);
    }

    /// <summary>The fair race that follows the article's: the same three, each at the best of its own settings, in repeats. <see langword="null"/> after any other race.</summary>
    public Experiment? FairRace(ParseResult parsed, IReadOnlyList<OptimizerInfo> known)
    {
        var task = Task(parsed);
        if (!task.IsArticle || !IsOfArticle(parsed) || TargetOf(parsed) is not null) return null;
        var entrants = Entrants(parsed, task, known);
        return Experiments.Experiment(parsed, [ExperimentTask.Of(task, null, null)], entrants, SeedOf(parsed), entrants[^1].Contender.Name);
    }

    // What a task of the catalogue has of its own.
    private Option[] OfNetwork => [hidden, activation, noBias, batchSize, precision, initializer];

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static bool IsFile(string what) => Path.GetExtension(what).ToLowerInvariant() is ".json" or ".jsonc";

    private uint SeedOf(ParseResult parsed) => parsed.GetValue(seed) is { } number ? Values.Seed("The --seed", number) : RaceTask.Article.Seed;

    private TaskSpec Changed(ParseResult parsed, TaskSpec task)
    {
        if (Epochs(parsed) is { } budget) task = task with { Epochs = budget };
        if (TargetOf(parsed) is not { } target) return task;
        return target.Metric == TargetMetric.Accuracy == task.IsHigherBetter
            ? task with { Target = target.Value }
            : throw new SteepestException($"The --reach is {target}, but the task {task.Name} is measured by its {task.MetricName}.");
    }

    private Experiment FromFile(ParseResult parsed, string file, CommandHost host)
    {
        var beside = ((Option[])[optimizer, reach, epochs, seed, .. OfNetwork]).Where(option => IsGiven(parsed, option)).Select(option => option.Name).Concat(Experiments.Given(parsed).Where(name => name != "--store")).FirstOrDefault();
        if (beside is not null) throw new SteepestException($"The file {file} says all that decides its experiment, so that {beside} cannot be given beside it.");
        var words = new ExperimentWords(text => OptimizerGrammar.Parse(host.Optimizers, text).SelectMany(entrant => ExperimentContenders.Of(entrant))) { Optimizers = host.Optimizers };
        return ExperimentJson.ReadFile(Path.GetFullPath(file, host.Folder), words, file);
    }

    private bool IsOfArticle(ParseResult parsed) => parsed.GetValue(optimizer) is null or [] && Epochs(parsed) is null;

    private int? Epochs(ParseResult parsed) => parsed.GetValue(epochs) is { } budget ? Values.Count("The --epochs", budget) : null;

    private Target? TargetOf(ParseResult parsed) => parsed.GetValue(reach) is { } target ? Values.Target(target) : null;

    private Entrant[] Entrants(ParseResult parsed, RaceTask task, IReadOnlyList<OptimizerInfo> known)
    {
        var named = parsed.GetValue(optimizer) ?? [];

        // The article adds the smallest positive double; a float would round it to zero.
        var epsilon = task.IsArticle && task.Precision == Precision.Double ? double.Epsilon : 1e-8;
        var entrants = named.Length == 0 ? [.. RacePlanner.ArticleEntrants(epsilon)] : named.SelectMany(text => OptimizerGrammar.Parse(known, text)).ToArray();
        return entrants.GroupBy(e => e.Contender).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new SteepestException($"The contender {twice.Key.Name} is named twice; give it once, with its learning rates as learning-rate=0.01/0.03.")
            : entrants;
    }

    private RaceTask Task(ParseResult parsed)
    {
        var name = TaskData.Find(parsed.GetValue(data)!).Name;
        var task = name == RaceTask.Article.Data ? RaceTask.Article : new RaceTask(name, RaceTask.Article.Hidden);
        if (parsed.GetValue(hidden) is { } layers) task = task with { Hidden = Values.Hidden(layers) };
        if (parsed.GetValue(activation) is { } function) task = task with { Activation = Values.Activation(function) };

        // The article's start suits the article's network only.
        if (!task.Hidden.Equals(RaceTask.Article.Hidden) || task.Activation != RaceTask.Article.Activation) task = task with { Initializer = null };
        if (parsed.GetValue(initializer) is { } start) task = task with { Initializer = Values.Initializer(start) };
        if (parsed.GetValue(batchSize) is { } rows) task = task with { BatchSize = Values.Count("The --batch-size", rows) };
        if (parsed.GetValue(seed) is { } number) task = task with { Seed = Values.Seed("The --seed", number) };
        if (parsed.GetValue(precision) is { } bits)
        {
            task = task with { Precision = Values.Choice("The --precision", bits, ("double", Precision.Double), ("float", Precision.Float)) };
        }

        return task with { Bias = !parsed.GetValue(noBias) };
    }

    private static Option<T> Option<T>(string name, string? value, string description) => new(name) { Description = description, HelpName = value };
}
