using System.Text.Json;
using Steepest.Compare;

namespace Steepest.Lab.Races;

/// <summary>
/// A race as the page describes it: <c>{"data":"iris","hidden":[10],"activation":"leaky-relu","batch-size":32,"seed":42,"epochs":20000,"reach":0.1145,
/// "contenders":[{"name":"adam","learning-rate":0.01}]}</c>, where an optimizer stands as everywhere else (<see cref="OptimizerJson"/>). What is left out is as in the article.
/// </summary>
/// <param name="Task">Data, split, network and batches.</param>
/// <param name="Epochs">The budget of each contender.</param>
/// <param name="Reach">The training loss to reach.</param>
/// <param name="Optimizers">The contenders.</param>
internal sealed record RaceRequest(RaceTask Task, int Epochs, double Reach, ValueList<Optimizer> Optimizers)
{
    /// <summary>The most epochs of a contender.</summary>
    public const int MostEpochs = 100_000;

    /// <summary>The most contenders: as many as there are colours, and two.</summary>
    public const int MostContenders = 8;

    private const int MostLayers = 6, MostUnits = 1024, MostColumns = 4096, FewestColumns = 100;

    private static readonly string[] Members = ["data", "hidden", "activation", "batch-size", "seed", "epochs", "reach", "contenders", "columns", "paused"];

    /// <summary>The columns of pixels that the chart has.</summary>
    public int Columns { get; init; } = 900;

    /// <summary>Whether to stop after the first epoch.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What the contenders are to reach.</summary>
    public Target Target => new(TargetMetric.Loss, Reach);

    /// <summary>The runs: all of them go on to the end of the budget, so that the target can be moved afterwards.</summary>
    /// <exception cref="SteepestException">A contender is there twice.</exception>
    public RacePlan Plan()
    {
        Contender[] contenders = [.. Optimizers.Select(Named)];
        if (contenders.Index().FirstOrDefault(one => contenders.Take(one.Index).Contains(one.Item)) is { Item: { } twice }) throw new SteepestException($"{twice.Title} is there twice; change a setting of one, or remove it.");
        double[] rates = [.. Optimizers.Select(optimizer => optimizer.LearningRate is Constant constant ? constant.Value : double.NaN).Distinct()];
        return new RacePlan(Task, [.. Optimizers.Zip(contenders, (optimizer, contender) => new RunSpec(contender, optimizer, Epochs, StopsAtTarget: false))])
        {
            Target = Target,
            CommonRate = rates is [var common] && double.IsFinite(common) && Optimizers.Count > 1 ? common : null,
        };
    }

    /// <summary>The contenders of the fair race: whoever differs in the learning rate alone is one, for it is tuned.</summary>
    public IReadOnlyList<Entrant> Entrants() => [.. Optimizers.Select(EntrantOf).DistinctBy(entrant => entrant.Contender)];

    /// <summary>Reads a race.</summary>
    /// <param name="json">What the page sent.</param>
    /// <param name="known">The optimizers there are.</param>
    /// <exception cref="SteepestException">It is not JSON, or no race; the sentence names the place.</exception>
    public static RaceRequest Read(string json, IReadOnlyList<OptimizerInfo> known) => JsonPlace.Read(json, "race", place =>
    {
        var members = place.Members("""a race such as {"data":"iris","epochs":200,"reach":0.1,"contenders":[{"name":"adam","learning-rate":0.01}]}""");
        foreach (var (name, unknown) in members)
        {
            if (!Members.Contains(name)) throw new SteepestException($"{unknown.WhereNamed}: {NearestName.Unknown("member of a race", name, Members).Message}");
        }

        foreach (var needed in (string[])["data", "epochs", "reach", "contenders"])
        {
            if (!members.ContainsKey(needed)) throw new SteepestException($"{place.Where} has no {needed}, but a race needs one.");
        }

        var optimizers = members["contenders"].Items("a list of optimizers").Select(item => OptimizerJson.Read(item, known)).ToArray();
        if (optimizers.Length is 0 or > MostContenders) throw new SteepestException($"A race has 1 to {MostContenders} contenders, but {optimizers.Length} are there.");
        var reach = members["reach"].Number();
        if (!(reach > 0) || !double.IsFinite(reach)) throw members["reach"].Unexpected("a finite loss above 0");
        return new RaceRequest(TaskOf(members), Whole(members["epochs"], 1, MostEpochs), reach, [.. optimizers])
        {
            Columns = members.TryGetValue("columns", out var columns) ? Whole(columns, FewestColumns, MostColumns) : 900,
            IsPaused = members.TryGetValue("paused", out var paused) && paused.Element.ValueKind == JsonValueKind.True,
        };
    });

    /// <summary>Writes a race as <see cref="Read"/> reads it.</summary>
    /// <param name="json">The document.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("data", Task.Data);
        json.WriteStartArray("hidden");
        foreach (var units in Task.Hidden) json.WriteNumberValue(units);
        json.WriteEndArray();
        json.WriteString("activation", Task.Activation.Name);
        if (Task.BatchSize is { } rows) json.WriteNumber("batch-size", rows);
        json.WriteNumber("seed", Task.Seed);
        json.WriteNumber("epochs", Epochs);
        json.WriteNumber("reach", Reach);
        json.WriteStartArray("contenders");
        foreach (var optimizer in Optimizers) OptimizerJson.Write(optimizer, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // As the command makes it: the article's start suits the article's network alone.
    private static RaceTask TaskOf(IReadOnlyDictionary<string, JsonPlace> members)
    {
        var data = members["data"].Named(() => Datasets.Find(members["data"].Name())).Name;
        var task = data == RaceTask.Article.Data ? RaceTask.Article : new RaceTask(data, RaceTask.Article.Hidden);
        if (members.TryGetValue("hidden", out var hidden))
        {
            var layers = hidden.Items("a list of layers");
            if (layers.Count > MostLayers) throw new SteepestException($"{hidden.Where} has {layers.Count} layers, but at most {MostLayers} were expected.");
            task = task with { Hidden = [.. layers.Select(layer => Whole(layer, 1, MostUnits))] };
        }

        if (members.TryGetValue("activation", out var activation)) task = task with { Activation = activation.Named(() => Activation.Find(activation.Name())) };
        if (!task.Hidden.Equals(RaceTask.Article.Hidden) || task.Activation != RaceTask.Article.Activation) task = task with { Initializer = null };
        if (members.TryGetValue("batch-size", out var batch) && batch.Element.ValueKind != JsonValueKind.Null) task = task with { BatchSize = Whole(batch, 1, int.MaxValue) };
        return members.TryGetValue("seed", out var seed) ? task with { Seed = (uint)Whole(seed, 0, uint.MaxValue) } : task;
    }

    private static int Whole(JsonPlace place, int least, int most) => (int)Whole(place, least, (long)most);

    private static long Whole(JsonPlace place, long least, long most) =>
        place.Element.ValueKind == JsonValueKind.Number && place.Element.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw place.Unexpected($"a whole number from {Text.Of(least)} to {Text.Of(most)}");

    // The rate is part of a name only where two would have the same one.
    private Contender Named(Optimizer optimizer)
    {
        var own = EntrantOf(optimizer).Contender;
        if (optimizer.LearningRate is not Constant rate || Optimizers.Count(other => EntrantOf(other).Contender == own) == 1) return own;
        return new Contender($"{own.Name},learning-rate={Text.Of(rate.Value)}", $"{own.Title} at {Text.Of(rate.Value)}");
    }

    private static Entrant EntrantOf(Optimizer optimizer)
    {
        if (optimizer.LearningRate is not Constant) return Entrant.With(optimizer);
        return RacePlanner.ArticleEntrants(double.Epsilon).FirstOrDefault(entrant => entrant.Optimizer with { LearningRate = optimizer.LearningRate } == optimizer)
            ?? Entrant.Of(optimizer, RacePlan.Rates);
    }
}
