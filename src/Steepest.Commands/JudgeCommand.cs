using System.CommandLine;
using System.Text;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary><c>steepest judge</c>: says what curves from anywhere show.</summary>
internal static class JudgeCommand
{
    private const string Description =
        "Judge training curves from anywhere: paired comparisons of the time to a target, with exact intervals and a verdict. The file is CSV with a row for each "
        + "evaluation and the columns contender, repeat, step and metric; try, setting, seconds and task may be there.";

    public static Command Create(CommandHost host)
    {
        var options = new JudgeGrammar();
        var command = new Verb(
            "judge",
            Description,
            "steepest judge runs.csv",
            "steepest judge runs.csv --reach 0.1 --baseline sgd",
            "steepest judge runs.csv --reach accuracy=0.95 --all-pairs",
            "steepest judge runs.csv --format json > judgement.json");
        options.AddTo(command);
        command.SetAction(parsed => Run(parsed, options, host));
        return command;
    }

    private static int Run(ParseResult parsed, JudgeGrammar options, CommandHost host)
    {
        var show = Values.Choice<Action<Judgement>>(
            "The --format",
            parsed.GetValue(options.Format) ?? "table",
            ("table", judgement => JudgementTable.Show(host, judgement)),
            ("markdown", judgement => host.Output.Write(JudgementMarkdown.Of(judgement))),
            ("json", judgement => host.Output.WriteLine(Encoding.UTF8.GetString(Json(judgement)))));
        var isTable = (parsed.GetValue(options.Format) ?? "table").Equals("table", StringComparison.OrdinalIgnoreCase);
        var file = parsed.GetValue(options.File)!;
        var how = options.Read(parsed);
        var judgement = Judge.Of(Trial.Of(CurveCsv.Read(Path.GetFullPath(file, host.Folder), how.Metric)), how);
        var folder = ResultFolder.Prepare(host, Path.GetFileNameWithoutExtension(file), parsed.GetValue(options.Out), parsed.GetValue(options.Force), IsOurs);
        var files = Render(judgement);

        // Shown first and saved whatever comes of it: neither a full disk nor a closed output loses both.
        string path;
        try
        {
            show(judgement);
        }
        finally
        {
            (path, _) = folder.Publish(files);
        }

        if (!isTable) return ExitCode.Done;
        host.Output.WriteLine();
        host.Output.WriteLine($"Pictures, report and numbers are in {Path.GetRelativePath(host.Folder, path)}{Path.DirectorySeparatorChar}");
        return ExitCode.Done;
    }

    private static List<(string Name, byte[] Bytes)> Render(Judgement judgement)
    {
        var files = new List<(string, byte[])>();
        foreach (var (name, picture) in JudgementPictures.Of(judgement))
        {
            files.Add(($"{name}.png", picture.ToPng()));
            files.Add(($"{name}.svg", Encoding.UTF8.GetBytes(picture.ToSvg())));
        }

        files.Add(("judgement.md", Encoding.UTF8.GetBytes(JudgementMarkdown.Of(judgement))));
        files.Add(("judgement.json", Json(judgement)));
        return files;
    }

    private static bool IsOurs(string name) => name is "judgement.md" or "judgement.json" || JudgementPictures.IsOurs(name);

    private static byte[] Json(Judgement judgement)
    {
        using var buffer = new MemoryStream();
        JudgementJson.Write(judgement, buffer);
        return buffer.ToArray();
    }
}
