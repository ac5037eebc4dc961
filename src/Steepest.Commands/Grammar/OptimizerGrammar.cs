using System.Globalization;
using Steepest.Compare;

namespace Steepest.Commands;

/// <summary>
/// Reads <c>name[,key=value…]</c>: <c>adam</c>, <c>sgd,momentum=0.9</c>, <c>adam,beta1=0.8,learning-rate=0.01/0.03</c>. A value may be a list
/// <c>0.01/0.03/0.1</c>: of the learning rate the rates of one contender, of any other setting one contender each.
/// </summary>
internal static class OptimizerGrammar
{
    private const string LearningRate = "learning-rate";

    /// <summary>The contenders that one <c>--optimizer</c> names.</summary>
    /// <param name="known">The optimizers there are.</param>
    /// <param name="text">What was typed.</param>
    public static IEnumerable<Entrant> Parse(IReadOnlyList<OptimizerInfo> known, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var info = known.FirstOrDefault(o => o.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase))
            ?? throw Unknown(known, parts[0]);

        ValueList<double>? rates = null;
        var choices = new List<(Setting Setting, double[] Values)>();
        foreach (var (key, value) in parts.Skip(1).Select(part => KeyAndValue(text, part)).ToArray())
        {
            var setting = info.FindSetting(key);
            if ((setting.Name == LearningRate && rates is not null) || choices.Any(c => c.Setting == setting))
            {
                throw new SteepestException($"The --optimizer '{text}' gives {setting.Name} twice.");
            }

            var values = value.Split('/').Select(v => setting.Checked(Value(info, setting, v.Trim()), info.Name)).Distinct().ToArray();
            if (setting.Name == LearningRate) rates = [.. values];
            else choices.Add((setting, values));
        }

        foreach (var settings in Combinations(choices))
        {
            var optimizer = info.With(settings);
            yield return new Entrant(Contender.Of(optimizer), optimizer, rates ?? RacePlan.Rates);
        }
    }

    // All are split before any is read: a decimal comma is then told as what it is.
    private static (string Key, string Value) KeyAndValue(string text, string part) =>
        part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, var value]
            ? (key, value)
            : throw new SteepestException($"The --optimizer '{text}' has the setting '{part}', but key=value was expected.");

    private static SteepestException Unknown(IReadOnlyList<OptimizerInfo> known, string word) =>
        known.FirstOrDefault(o => o.Settings.Any(s => s.Name.Equals(word, StringComparison.OrdinalIgnoreCase))) is { } owner
            ? new SteepestException($"There is no optimizer '{word}', but {owner.Name} has it as a setting: write {owner.Name},{word}=value.")
            : NearestName.Unknown("optimizer", word, known.Select(o => o.Name));

    private static double Value(OptimizerInfo info, Setting setting, string text)
    {
        var place = $"The {setting.Name} of {info.Name}";
        if (setting.IsSwitch) return Values.Choice(place, text, ("on", 1.0), ("off", 0.0), ("true", 1.0), ("false", 0.0));
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        throw new SteepestException(text.Contains('(', StringComparison.Ordinal)
            ? $"{place} is '{text}', but schedules are not built yet: a number or a list such as 0.01/0.03 was expected."
            : $"{place} is '{text}', but a number or a list such as 0.01/0.03 was expected.");
    }

    private static IEnumerable<Dictionary<string, double>> Combinations(List<(Setting Setting, double[] Values)> choices) =>
        choices.Aggregate<(Setting Setting, double[] Values), IEnumerable<Dictionary<string, double>>>(
            [[]],
            (all, choice) => all.SelectMany(chosen => choice.Values.Select(value => new Dictionary<string, double>(chosen) { [choice.Setting.Name] = value })));
}
