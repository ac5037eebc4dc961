using System.Text.Json;
using Steepest.Commands;

namespace Steepest.Tests.Commands;

/// <summary>A place to run the command in: a folder of its own, deleted at the end, and writers instead of a console.</summary>
internal sealed class Prompt : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("steepest-test-").FullName;

    /// <summary>Optimizers that may be named beside Steepest's.</summary>
    public IReadOnlyList<OptimizerInfo> Own { get; init; } = [];

    public CancellationToken Interrupt { get; init; } = TestContext.Current.CancellationToken;

    /// <summary>Everything in the folder, by its path from there, in order.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>Runs a line without quotes: words are what blanks separate.</summary>
    public Said Run(string line) => Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public Said Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = SteepestCommand.Run(words, new CommandHost(output, error, Folder, [.. Optimizers.All, .. Own]), Interrupt);
        return new Said(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a command said, and its exit code.</summary>
internal sealed record Said(int Code, string Output, string Error)
{
    /// <summary>Standard output, which must be one JSON document and nothing else.</summary>
    public JsonElement Json()
    {
        Assert.Equal(string.Empty, Error);
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Holds that nothing but this sentence was said, and that it ended as bad input does.</summary>
    public void IsRefusal(string sentence)
    {
        Assert.Equal(sentence + Environment.NewLine, Error);
        Assert.Equal(string.Empty, Output);
        Assert.Equal(2, Code);
    }
}

/// <summary>One run of a race's JSON.</summary>
internal sealed record Run(string Optimizer, double LearningRate, int Epochs, double? FinalLoss, int? ReachedAtEpoch, int TestRight, int TestRows, bool Diverged, double Seconds)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Run> Of(JsonElement race) => race.GetProperty("runs").Deserialize<List<Run>>(Web)!;
}
