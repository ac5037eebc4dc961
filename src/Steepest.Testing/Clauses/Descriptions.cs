namespace Steepest.Testing;

/// <summary>The description makes the optimizer: equal settings give an equal optimizer, other settings another one.</summary>
internal sealed class MadeFromItsSettings : Clause
{
    public override string Name => "it is what its settings make, equal by value";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var info = optimizer.Info;
        var names = optimizer.Settings.Keys.Order(StringComparer.Ordinal).ToArray();
        var told = info.Settings.Skip(1).Select(setting => setting.Name).Order(StringComparer.Ordinal).ToArray();
        if (!names.SequenceEqual(told)) return Broken($"its settings are {string.Join(", ", names)}, but its description tells of {string.Join(", ", told)}");

        var again = info.With(optimizer.LearningRate, optimizer.Settings);
        if (!again.Equals(optimizer) || again.GetHashCode() != optimizer.GetHashCode())
            return Broken($"made again from its settings it is {again}, which is not equal to {optimizer}; a list in a record compares by reference, a ValueList by value");
        if ((optimizer with { LearningRate = 0.5 }).Equals(optimizer with { LearningRate = 0.25 })) return Broken("it is equal to itself with another learning rate");
        foreach (var setting in info.Settings.Skip(1))
        {
            var value = optimizer.Settings[setting.Name];
            if ((setting.IsSwitch ? 1 - value : Another(setting.Range, value)) is not { } other) continue;
            if (Made(optimizer, setting.Name, other) is not { } changed) continue;
            if (changed.Settings[setting.Name] != other) return Broken($"made with {setting.Name} {Text.Of(other)} it says {Text.Of(changed.Settings[setting.Name])}");
            if (changed.Equals(optimizer)) return Broken($"it is equal to itself with {setting.Name} {Text.Of(other)} instead of {Text.Of(value)}");
        }

        return Kept;
    }

    // Settings that do not go together are refused, as they may be.
    private static Optimizer? Made(Optimizer optimizer, string setting, double value)
    {
        try
        {
            return optimizer.Info.With(optimizer.LearningRate, new Dictionary<string, double>(optimizer.Settings) { [setting] = value });
        }
        catch (SteepestException)
        {
            return null;
        }
    }

    private static double? Another(Interval range, double value)
    {
        double[] candidates = range.IsWhole ? [value + 1, value - 1] : [value / 2, (value + 1) / 2, 0.5];
        foreach (var candidate in candidates)
        {
            if (double.IsFinite(candidate) && candidate != value && range.Contains(candidate)) return candidate;
        }

        return null;
    }
}

/// <summary>A setting out of its range is refused where the record is made, not only where the command reads it.</summary>
internal sealed class OutOfRangeRefused : Clause
{
    public override string Name => "a setting out of its range is refused";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var settings = optimizer.Info.Settings;
        foreach (var (i, setting) in settings.Index().Where(indexed => !indexed.Item.IsSwitch))
        {
            if (!setting.Range.Contains(setting.Default)) return Broken($"the default of {setting.Name} is {Text.Of(setting.Default)}, which does not lie in its range {setting.Range}");
            foreach (var value in Outside(setting.Range))
            {
                // Not through OptimizerInfo.With, which looks at ranges itself.
                if (!IsRefused(() => i == 0
                    ? optimizer with { LearningRate = value }
                    : optimizer.Info.Create(optimizer.LearningRate, new Dictionary<string, double>(optimizer.Settings) { [setting.Name] = value })))
                {
                    return Broken($"it takes {Text.Of(value)} for {setting.Name}, whose range is {setting.Range}; About.Checked in the record refuses it");
                }
            }
        }

        return Kept;
    }

    // What is no whole number is cut to one on its way to a record.
    private static IEnumerable<double> Outside(Interval range)
    {
        if (!range.IsWhole) yield return double.NaN;
        if (double.IsFinite(range.Low)) yield return range.IncludesLow ? range.Low - 1 : range.Low;
        if (!range.IsWhole && !(range.IncludesHigh && double.IsInfinity(range.High))) yield return range.IncludesHigh ? range.High + 1 : range.High;
    }

    private static bool IsRefused(Func<Optimizer> make)
    {
        try
        {
            make();
            return false;
        }
        catch (SteepestException)
        {
            return true;
        }
    }
}

/// <summary>The description goes to JSON and back.</summary>
internal sealed class JsonRoundTrip : Clause
{
    public override string Name => "its description comes back from JSON";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var known = new List<OptimizerInfo>();
        for (var inside = optimizer; inside is not null; inside = inside.Wrapped) known.Add(inside.Info);
        known.AddRange(Optimizers.All);
        var json = OptimizerJson.Write(optimizer);
        var back = OptimizerJson.Read(json, known);
        if (!back.LearningRate.Equals(optimizer.LearningRate)) return Broken($"{json} has the learning rate {back.LearningRate}, but it is {optimizer.LearningRate}");
        return KeptIf(back.ToString() == optimizer.ToString() && OptimizerJson.Write(back) == json, $"{json} reads as {back}, but it is {optimizer}");
    }
}

/// <summary>The state is as large as the description says, and stays so.</summary>
internal sealed class DeclaredState : Clause
{
    public override string Name => "it keeps the state that its description tells of";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var state = optimizer.StateOf<double>(Plain<double>.Matrices);
        if (state.GroupBy(block => block.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return Broken($"two blocks of its state are called {twice.Key}, but a checkpoint knows them by name");
        var atWork = Plain<double>.Run(optimizer, Plain<double>.Matrices, steps: 3);
        if (StateInfo.Of(atWork) is var later && !later.Equals(state)) return Broken($"after 3 steps its state is {later}, but before them it was {state}");
        if (atWork.State.FirstOrDefault(block => block.Shape == StateShape.LikeParameters && block.Values.Layout != atWork.Parameters.Layout) is { } astray)
            return Broken($"the block {astray.Name} of its state is declared to be laid out like the parameters, but is not");
        if (!optimizer.Info.With(optimizer.LearningRate, new Dictionary<string, double>()).Equals(optimizer)) return DoesNotApply("the description tells of the default settings");
        var (declared, kept) = (optimizer.Info.StatePerParameter, state.Count(block => block.Shape == StateShape.LikeParameters));
        return KeptIf(declared == kept, $"it keeps {Text.Of(kept)} numbers for each parameter, but its description says {Text.Of(declared)}");
    }
}
