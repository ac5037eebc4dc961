using System.Globalization;
using Steepest.Compare;

namespace Steepest.Commands;

/// <summary>
/// Reads <c>name[,key=value…]</c>: <c>adam</c>, <c>sgd,momentum=0.9</c>, <c>adam,beta1=0.8,learning-rate=0.01/0.03</c>,
/// <c>adam,learning-rate=cosine(from:0.1)</c>, <c>lookahead(sgd,momentum=0.9),k=5</c>. A value may be a list <c>0.01/0.03/0.1</c>: of the learning rate the rates of
/// one contender, of any other setting one contender each. A schedule is part of its contender, as is each <c>group=bias(weight-decay:0)</c> (<see cref="GroupGrammar"/>).
/// </summary>
internal static class OptimizerGrammar
{
    private const string LearningRate = "learning-rate", Group = "group", MayBeList = "a number or a list such as 0.01/0.03";

    /// <summary>The contenders that one <c>--optimizer</c> names.</summary>
    /// <param name="known">The optimizers there are.</param>
    /// <param name="text">What was typed.</param>
    public static IEnumerable<Entrant> Parse(IReadOnlyList<OptimizerInfo> known, string text)
    {
        var parts = Call.Split(text, ',');
        var info = Info(known, parts[0]);
        var rates = new List<double>();
        var schedules = new List<Schedule>();
        var choices = new List<(Setting Setting, double[] Values)>();
        var groups = new List<ContenderGroup>();
        foreach (var (key, value) in parts.Skip(1).Select(part => KeyAndValue(text, part)).ToArray())
        {
            if (key.Equals(Group, StringComparison.OrdinalIgnoreCase))
            {
                groups.Add(GroupGrammar.Parse(known, info, value));
                continue;
            }

            var setting = info.FindSetting(key);
            var isRate = setting.Name == LearningRate;
            if ((isRate && rates.Count + schedules.Count > 0) || choices.Any(c => c.Setting == setting))
            {
                throw new SteepestException($"The --optimizer '{text}' gives {setting.Name} twice.");
            }

            if (isRate) ReadRates(info, setting, value, rates, schedules);
            else choices.Add((setting, [.. value.Split('/').Select(v => setting.Checked(Value(info, setting, v.Trim(), MayBeList), info.Name)).Distinct()]));
        }

        foreach (var settings in Combinations(choices))
        {
            foreach (var schedule in schedules) yield return Entrant.With(info.With(schedule, settings), [.. groups]);
            if (rates.Count == 0 && schedules.Count > 0) continue;
            yield return Entrant.Of(info.With(settings), rates.Count > 0 ? [.. rates.Distinct()] : RacePlan.Rates, [.. groups]) with { HasOwnRates = rates.Count > 0 };
        }
    }

    /// <summary>One optimizer, at its default learning rate or the one that is given.</summary>
    /// <param name="known">The optimizers there are.</param>
    /// <param name="text">What was typed; no lists and no groups.</param>
    public static Optimizer ParseOne(IReadOnlyList<OptimizerInfo> known, string text)
    {
        var parts = Call.Split(text, ',');
        var info = Info(known, parts[0]);
        Schedule? rate = null;
        var settings = new Dictionary<string, double>();
        foreach (var (key, value) in parts.Skip(1).Select(part => KeyAndValue(text, part)).ToArray())
        {
            if (key.Equals(Group, StringComparison.OrdinalIgnoreCase))
                throw new SteepestException($"The {Group} in '{text}' stands inside brackets, but it belongs after the outermost optimizer.");
            var setting = info.FindSetting(key);
            var isRate = setting.Name == LearningRate;
            if (isRate ? rate is not null : settings.ContainsKey(setting.Name)) throw new SteepestException($"In '{text}' {setting.Name} is given twice.");
            if (isRate) rate = setting.Checked(Rate(info, value), info.Name);
            else settings[setting.Name] = setting.Checked(Value(info, setting, value), info.Name);
        }

        return rate is null ? info.With(settings) : info.With(rate, settings);
    }

    /// <summary>An optimizer by its name, or a wrapper around one, as in <c>lookahead(sgd,momentum=0.9)</c>.</summary>
    /// <param name="known">The optimizers there are.</param>
    /// <param name="name">What was typed.</param>
    internal static OptimizerInfo Info(IReadOnlyList<OptimizerInfo> known, string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open > 0)
        {
            if (!name.EndsWith(')')) throw new SteepestException($"The --optimizer '{name}' opens a bracket and does not close it.");
            var (wrapper, inside) = (Wrappers.Find(name[..open].Trim()), name[(open + 1)..^1]);
            var inner = ParseOne(known, inside);

            // The wrapper's own would replace it without a word.
            if (Call.Split(inside, ',').Any(part => part.Split('=')[0].Trim().Equals(LearningRate, StringComparison.OrdinalIgnoreCase)))
            {
                throw new SteepestException(
                    $"The {LearningRate} in {wrapper.Name}({inside}) stands inside brackets, but it belongs after them: write {wrapper.Name}({inner}),{LearningRate}={inner.LearningRate}.");
            }

            return wrapper.Around(inner);
        }

        if (Wrappers.All.Any(w => w.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new SteepestException($"The wrapper {name} needs another optimizer in brackets: write {name}(sgd).");
        return known.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(known, name);
    }

    private static void ReadRates(OptimizerInfo info, Setting setting, string value, List<double> rates, List<Schedule> schedules)
    {
        foreach (var part in Call.Split(value, '/'))
        {
            var schedule = setting.Checked(Rate(info, part, MayBeList), info.Name);
            if (schedule is Constant constant) rates.Add(constant.Value);
            else schedules.Add(schedule);
        }
    }

    internal static Schedule Rate(OptimizerInfo info, string text, string expected = "a number") => text.Contains('(', StringComparison.Ordinal)
        ? ScheduleGrammar.Parse($"The {LearningRate} of {info.Name}", text)
        : Value(info, info.Settings[0], text, expected);

    // All are split before any is read: a decimal comma is then told as what it is.
    private static (string Key, string Value) KeyAndValue(string text, string part) =>
        part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, var value]
            ? (key, value)
            : throw new SteepestException($"The --optimizer '{text}' has the setting '{part}', but key=value was expected.");

    private static SteepestException Unknown(IReadOnlyList<OptimizerInfo> known, string word) =>
        known.FirstOrDefault(o => o.Settings.Any(s => s.Name.Equals(word, StringComparison.OrdinalIgnoreCase))) is { } owner
            ? new SteepestException($"There is no optimizer '{word}', but {owner.Name} has it as a setting: write {owner.Name},{word}=value.")
            : NearestName.Unknown("optimizer", word, known.Select(o => o.Name));

    internal static double Value(OptimizerInfo info, Setting setting, string text, string expected = "a number")
    {
        var place = $"The {setting.Name} of {info.Name}";
        if (setting.IsSwitch) return Values.Choice(place, text, ("on", 1.0), ("off", 0.0), ("true", 1.0), ("false", 0.0));
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        throw new SteepestException($"{place} is '{text}', but {expected} was expected.");
    }

    private static IEnumerable<Dictionary<string, double>> Combinations(List<(Setting Setting, double[] Values)> choices) =>
        choices.Aggregate<(Setting Setting, double[] Values), IEnumerable<Dictionary<string, double>>>(
            [[]],
            (all, choice) => all.SelectMany(chosen => choice.Values.Select(value => new Dictionary<string, double>(chosen) { [choice.Setting.Name] = value })));
}
