using System.Text.Json;
using System.Text.Json.Serialization;

namespace Steepest.Benchmarks;

/// <summary>How contenders stand on one workload.</summary>
/// <param name="Workload">Its short name.</param>
/// <param name="Title">What it is.</param>
/// <param name="Unit">What the figures are.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Date">When.</param>
/// <param name="LimitPerRound">The least that the machine allows, in the unit: how far it wanders is how noisy the machine was.</param>
/// <param name="LimitIs">What that limit is.</param>
/// <param name="CoresShareLimit">Whether two cores halve the limit, as they do where it is arithmetic.</param>
/// <param name="Lines">The contenders.</param>
internal sealed record Standing(
    string Workload, string Title, string Unit, string Machine, string Date, double[] LimitPerRound, string LimitIs, bool CoresShareLimit, IReadOnlyList<Line> Lines)
{
    /// <summary>Steepest's line with so many threads.</summary>
    public Line Ours(int threads) => Lines.First(line => line.Role == Role.Ours && line.Threads == threads);

    /// <summary>The fastest peer with at most so many threads, if there was one: who uses it would choose as many as serve it best.</summary>
    public Line? BestPeer(int threads) => Lines.Where(line => line.Role == Role.Peer && line.Threads <= threads).MinBy(line => line.Times.Median);

    public Times LimitOf(int threads) => new Times(LimitPerRound).Scaled(CoresShareLimit ? 1.0 / threads : 1);
}

/// <summary>One contender's figures.</summary>
/// <param name="Name">Who.</param>
/// <param name="Version">Of which version, and how.</param>
/// <param name="Role">Whether it is ours, a peer or something else to compare with.</param>
/// <param name="Threads">Threads that it might use.</param>
/// <param name="PerRound">The figure of every round, in the standing's unit.</param>
/// <param name="LossDifference">By how much its loss differs from ours, relatively, after the same steps from the same start; <see langword="null"/> where it
/// has none to compare.</param>
internal sealed record Line(string Name, string Version, Role Role, int Threads, double[] PerRound, double? LossDifference = null)
{
    [JsonIgnore]
    public Times Times { get; } = new(PerRound);
}

[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
internal enum Role
{
    Ours,
    Peer,
    Other,
}

/// <summary>What is kept between runs, so that workloads can be measured one by one: bench/results/peers.json.</summary>
internal sealed record Standings(IReadOnlyList<Standing> All, IReadOnlyDictionary<string, long> InstalledBytes)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Standings None { get; } = new([], new Dictionary<string, long>());

    private static string FilePath => Results.PathOf("peers.json");

    /// <summary>What was measured on this machine before.</summary>
    public static Standings Load()
    {
        if (!File.Exists(FilePath)) return None;
        var kept = JsonSerializer.Deserialize<Standings>(File.ReadAllText(FilePath), Options)!;
        return kept with { All = [.. kept.All.Where(standing => standing.Machine == Machine.Description)] };
    }

    public void Save() => File.WriteAllText(FilePath, JsonSerializer.Serialize(this, Options).ReplaceLineEndings("\n") + "\n");

    /// <summary>With a workload measured anew, and what was seen of the peers' sizes.</summary>
    public Standings With(Standing standing, params IEnumerable<(string Name, long Bytes)> sizes) => this with
    {
        InstalledBytes = new SortedDictionary<string, long>(
            InstalledBytes.Select(pair => (pair.Key, pair.Value)).Concat(sizes).Append(("Steepest", new FileInfo(typeof(Network<>).Assembly.Location).Length))
                .GroupBy(pair => pair.Item1).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Item2)),
        All = [.. All.Where(other => other.Workload != standing.Workload).Append(standing).OrderBy(s => s.Workload == "fashion" ? "x" : s.Workload, StringComparer.Ordinal)],
    };
}
