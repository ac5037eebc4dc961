using System.Text.Json;
using System.Text.Json.Serialization;

namespace Steepest.Benchmarks;

/// <summary>How contenders stand on one workload.</summary>
/// <param name="Workload">Its short name.</param>
/// <param name="Title">What it is.</param>
/// <param name="Unit">What the figures are.</param>
/// <param name="Threads">Threads that each might use.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Date">When.</param>
/// <param name="Limit">The least that the machine allows, in the unit.</param>
/// <param name="LimitIs">What that limit is.</param>
/// <param name="Lines">The contenders.</param>
internal sealed record Standing(
    string Workload, string Title, string Unit, int Threads, string Machine, string Date, double Limit, string LimitIs, IReadOnlyList<Line> Lines)
{
    [JsonIgnore]
    public Line Ours => Lines.First(line => line.Role == Role.Ours);

    /// <summary>The fastest peer, if there was one.</summary>
    [JsonIgnore]
    public Line? BestPeer => Lines.Where(line => line.Role == Role.Peer).MinBy(line => line.Times.Median);
}

/// <summary>One contender's figures.</summary>
/// <param name="Name">Who.</param>
/// <param name="Version">Of which version, and how.</param>
/// <param name="Role">Whether it is ours, a peer or something else to compare with.</param>
/// <param name="PerRound">The figure of every round, in the standing's unit.</param>
/// <param name="LossDifference">By how much its loss differs from ours, relatively, after the same steps from the same start; <see langword="null"/> where it
/// has none to compare.</param>
internal sealed record Line(string Name, string Version, Role Role, double[] PerRound, double? LossDifference = null)
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

    public Standings With(Standing standing) => this with
    {
        All = [.. All.Where(other => (other.Workload, other.Threads) != (standing.Workload, standing.Threads)).Append(standing).OrderBy(s => s.Workload == "fashion" ? "x" : s.Workload).ThenBy(s => s.Threads)],
    };
}
