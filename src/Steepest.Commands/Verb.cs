using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Steepest.Commands;

/// <summary>A command with examples, which its help shows last.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">What it does, in a sentence.</param>
/// <param name="examples">Whole lines as they would be typed.</param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>The usual help, followed by examples of the command that it is about.</summary>
/// <param name="usual">Writes the usual help.</param>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    // Who asks for help gets it, whatever is wrong with the rest of the line.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in ExamplesOf(parseResult.CommandResult.Command)) output.WriteLine($"  {example}");
        return ExitCode.Done;
    }

    // A command that only gathers others shows the first example of each.
    private static IEnumerable<string> ExamplesOf(Command command) => command is Verb { Examples.Count: > 0 } verb
        ? verb.Examples
        : command.Subcommands.SelectMany(sub => ExamplesOf(sub).Take(sub.Subcommands.Count > 0 ? int.MaxValue : 1));
}
