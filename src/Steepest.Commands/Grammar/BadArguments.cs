using System.CommandLine;
using System.CommandLine.Parsing;

namespace Steepest.Commands;

/// <summary>What is wrong with a command line, before any value is read: one sentence in our words.</summary>
internal static class BadArguments
{
    /// <summary>The error, or <see langword="null"/> if options and arguments are where they belong.</summary>
    /// <param name="parsed">A command line.</param>
    public static SteepestException? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        var where = PathOf(command);
        foreach (var option in command.Children.OfType<OptionResult>())
        {
            if (OfOption(option) is { } bad) return bad;
        }

        // A mistyped option may have been taken for the argument, and its value for one too many.
        var words = command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        string[] all = [.. words, .. parsed.UnmatchedTokens];
        if (all.FirstOrDefault(word => word.StartsWith('-')) is { } mistyped)
        {
            return NearestName.Unknown(
                $"{where} option", mistyped.Split('=')[0], new HashSet<string>([.. command.Command.Options.Select(option => option.Name), "--help"]));
        }

        var subcommands = command.Command.Subcommands.Select(sub => sub.Name).ToArray();
        return parsed switch
        {
            { UnmatchedTokens: [var word, ..] } => subcommands.Length > 0
                ? NearestName.Unknown($"{where} command", word, subcommands)
                : new SteepestException($"The argument '{word}' after {where} is one too many."),
            { Errors.Count: > 0 } when subcommands.Length > 0 => new SteepestException($"Nothing follows {where}, but {string.Join(" or ", subcommands)} was expected."),
            { Errors: [var error, ..] } => new SteepestException(error.Message),
            _ => null,
        };
    }

    private static SteepestException? OfOption(OptionResult result)
    {
        var option = result.Option;
        if (result.Implicit) return null;
        if (option.Arity.MaximumNumberOfValues == 1 && result.IdentifierTokenCount > 1)
        {
            return new SteepestException($"The {option.Name} is given {(result.IdentifierTokenCount == 2 ? "twice" : "more than once")}, but one was expected.");
        }

        if (option.ValueType == typeof(bool))
        {
            return result.Tokens is [var value] && !bool.TryParse(value.Value, out _)
                ? new SteepestException($"The {option.Name} is '{value.Value}', but it takes no value.")
                : null;
        }

        if (result.Tokens.Count < result.IdentifierTokenCount) return new SteepestException($"Nothing follows {option.Name}, but a value was expected.");
        return result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } next
            ? new SteepestException($"After {option.Name} stands '{next.Value}', but a value was expected.")
            : null;
    }

    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent
        ? $"{PathOf(parent)} {command.Command.Name}"
        : "steepest";
}
