using Steepest.Compare;

namespace Steepest.Commands;

/// <summary>
/// Reads a group of segments with settings of their own: <c>bias(weight-decay:0)</c>, <c>layer1.*(frozen)</c>,
/// <c>norm(optimizer:sgd;learning-rate:0.1)</c>.
/// </summary>
internal static class GroupGrammar
{
    private const string Example = "a group such as bias(weight-decay:0) or layer1.*(frozen)";

    /// <summary>Reads the value of <c>group=</c>.</summary>
    /// <param name="known">The optimizers there are.</param>
    /// <param name="contender">The optimizer whose group it is.</param>
    /// <param name="text">What was typed.</param>
    public static ContenderGroup Parse(IReadOnlyList<OptimizerInfo> known, OptimizerInfo contender, string text)
    {
        var place = $"The group of {contender.Name}";
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !text.EndsWith(')')) throw new SteepestException($"{place} is '{text}', but {Example} was expected.");
        var segments = text[..open].Trim();
        if (text[(open + 1)..^1].Trim().Equals("frozen", StringComparison.OrdinalIgnoreCase)) return new(segments) { IsFrozen = true };

        var settings = Call.Parse(place, text).Settings;
        if (settings.Count == 0) throw new SteepestException($"{place} is '{text}', which changes nothing; {Example} was expected.");
        if (settings.CountBy(s => s.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(count => count.Value > 1).Key is { } twice)
            throw new SteepestException($"{place} is '{text}', which gives {twice} twice.");
        var other = settings.FirstOrDefault(s => Is(s.Key, "optimizer")).Value is { } name
            ? known.FirstOrDefault(o => Is(o.Name, name)) ?? throw NearestName.Unknown("optimizer", name, known.Select(o => o.Name))
            : null;
        var info = other ?? contender;
        Schedule? rate = null;
        var changes = new List<(Setting, double)>();
        foreach (var (key, value) in settings.Where(s => !Is(s.Key, "optimizer")))
        {
            var setting = info.FindSetting(key);
            if (setting == info.Settings[0]) rate = setting.Checked(OptimizerGrammar.Rate(info, value), info.Name);
            else changes.Add((setting, setting.Checked(OptimizerGrammar.Value(info, setting, value), info.Name)));
        }

        return new(segments) { Other = other, LearningRate = rate, Changes = [.. changes] };
    }

    private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
