using System.Text.Json;

namespace Steepest.Tests.Training;

/// <summary>The bits of training are those that the library's numerics version stands for.</summary>
public sealed class NumericsVersionTests
{
    private const string File = "tests/Steepest.Tests/Golden/numerics-versions.json";

    private static readonly Dictionary<int, SortedDictionary<string, string>> Recorded = Read();

    [Fact]
    public void The_bits_of_a_training_change_only_with_the_numerics_version()
    {
        var now = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["W1, double"] = Workloads.W1<double>(),
            ["W1, float"] = Workloads.W1<float>(),
            ["W2, double"] = Workloads.W2<double>(),
            ["W2, float"] = Workloads.W2<float>(),
        };
        var version = NumericsVersion.Current;
        if (Recorded.TryGetValue(version, out var recorded) && recorded.SequenceEqual(now)) return;

        var next = recorded is null ? version : version + 1;
        var found = recorded is null
            ? $"{File} has no hashes of numerics version {version}."
            : $"The bits of {string.Join(" and ", now.Keys.Where(run => recorded.GetValueOrDefault(run) != now[run]))} after 50 epochs are not those of numerics version {version}.";
        var toDo = recorded is null ? "Add this" : $"If that is meant, let NumericsVersion.Current be {next}, call it out in CHANGELOG.md, and add this";
        Assert.Fail($"""
            {found} {toDo} to {File}:
              "{next}": {JsonSerializer.Serialize(now, Indented).ReplaceLineEndings("\n  ")}
            """);
    }

    [Fact]
    public void The_current_numerics_version_is_the_last_recorded() => Assert.Equal(Enumerable.Range(1, NumericsVersion.Current), Recorded.Keys.Order());

    [Fact]
    public void No_two_numerics_versions_have_the_same_bits() =>
        Assert.Equal(Recorded.Count, Recorded.Values.Select(hashes => string.Join(' ', hashes.Values)).Distinct().Count());

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static Dictionary<int, SortedDictionary<string, string>> Read()
    {
        using var stream = typeof(NumericsVersionTests).Assembly.GetManifestResourceStream(Path.GetFileName(File))
            ?? throw new FileNotFoundException($"{File} is not embedded in the tests.");
        return JsonSerializer.Deserialize<Dictionary<int, SortedDictionary<string, string>>>(stream)!;
    }
}
