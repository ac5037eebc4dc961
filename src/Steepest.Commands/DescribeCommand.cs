using System.CommandLine;

namespace Steepest.Commands;

/// <summary><c>steepest describe NAME</c>: equations, settings, differences from other libraries and sources.</summary>
internal static class DescribeCommand
{
    private enum Format
    {
        Text,
        Markdown,
        Json,
    }

    public static Command Create(CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "An optimizer, a wrapper, a schedule or a test function; see: steepest list.", HelpName = "name" };
        var format = new Option<string>("--format") { Description = "text, markdown or json.", DefaultValueFactory = _ => "text", HelpName = "name" };
        var verb = new Verb(
            "describe",
            "Say what an optimizer, a wrapper, a schedule or a test function is: its equations, its settings, what PyTorch, Keras and optax do otherwise, and its sources.",
            "steepest describe adam",
            "steepest describe lookahead",
            "steepest describe one-cycle --format markdown",
            "steepest describe rosenbrock --format json")
        {
            name,
            format,
        };
        verb.SetAction(parsed =>
        {
            var asked = Values.Choice("The --format", parsed.GetValue(format)!, ("text", Format.Text), ("markdown", Format.Markdown), ("json", Format.Json));
            var description = Description.Find(host.Optimizers, parsed.GetValue(name)!);
            switch (asked)
            {
                case Format.Json:
                    Json.Write(host, JsonOf(description));
                    break;
                case Format.Markdown:
                    host.Output.Write(DescriptionMarkdown.Of(description));
                    break;
                default:
                    DescriptionText.Show(host, description);
                    break;
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static object JsonOf(Description description) => new
    {
        Kind = description.KindInWords,
        description.Name,
        description.Title,
        Type = description.Type.FullName,
        description.Summary,
        Source = description.Paper,
        description.Year,
        description.Equations,
        Settings = description.Settings.Select(row => row.ToJson()),
        State = DescriptionText.State(description),
        description.StatePerParameter,
        description.BytesPerParameter,
        description.Comment.Differences,
        description.Notes,
        description.Comment.Sources,
    };
}
