using System.CommandLine;
using System.Text;
using Steepest.Compare.Store;

namespace Steepest.Commands.Runs;

/// <summary><c>steepest runs export</c>: the curves of an experiment for other programs.</summary>
internal static class RunsExport
{
    public static Verb Create(CommandHost host)
    {
        var name = RunsCommand.Name("The experiment.");
        var format = new Option<string>("--format") { Description = "csv, as steepest judge reads it, or json.", DefaultValueFactory = _ => "csv", HelpName = "name" };
        var task = new Option<string?>("--task") { Description = "Only this task of the experiment.", HelpName = "name" };
        var output = new Option<string?>("--out") { Description = "The file to write. Without it standard output.", HelpName = "file" };
        var force = new Option<bool>("--force") { Description = "Replace the file of --out if it is there." };
        var file = StoreOption.Create();
        var verb = new Verb(
            "export",
            "Write the curves of an experiment: as CSV a row for each evaluation, with the columns that steepest judge reads; as JSON all that is kept.",
            "steepest runs export adam-or-momentum --out runs.csv",
            "steepest runs export adam-or-momentum --task iris > iris.csv",
            "steepest runs export adam-or-momentum --format json --out runs.json")
        {
            name,
            format,
            task,
            output,
            force,
            file,
        };
        verb.SetAction(parsed =>
        {
            var write = Values.Choice<Action<SqliteTrialStore, StoredExperiment, string?, Stream>>("The --format", parsed.GetValue(format)!, ("csv", Csv), ("json", StoredCurves.WriteJson));
            using var store = StoreOption.Open(parsed.GetValue(file), host, create: false);
            var experiment = store.Experiments.Find(parsed.GetValue(name)!) ?? throw RunsCommand.Unknown(store, parsed.GetValue(name)!);
            var only = parsed.GetValue(task);
            if (only is not null && !experiment.Tasks.Contains(only)) throw NearestName.Unknown($"{experiment.Name} task", only, experiment.Tasks);
            if (parsed.GetValue(output) is { } path) Save(host, path, parsed.GetValue(force), stream => write(store, experiment, only, stream));
            else Print(host, stream => write(store, experiment, only, stream));
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Csv(SqliteTrialStore store, StoredExperiment experiment, string? task, Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        StoredCurves.WriteCsv(store, experiment, task, writer);
    }

    private static void Print(CommandHost host, Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        host.Output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    // Whole or not at all: under another name until its last byte is written.
    private static void Save(CommandHost host, string asked, bool force, Action<Stream> write)
    {
        var path = Path.GetFullPath(asked, host.Folder);
        if (string.IsNullOrWhiteSpace(asked) || Directory.Exists(path)) throw new SteepestException($"The --out '{asked}' is a folder, but a file was expected.");
        if (File.Exists(path) && !force) throw new SteepestException($"The --out '{asked}' is there already; name another file, or add --force to replace it.");
        var staging = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = File.Create(staging)) write(stream);
            File.Move(staging, path, overwrite: force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SteepestException($"The --out '{asked}' cannot be written; name another file.", e);
        }
        finally
        {
            File.Delete(staging);
        }
    }
}
