namespace Steepest.Compare;

/// <summary>Some segments of a contender's network that are trained otherwise than the rest: frozen, with other settings, or by another optimizer.</summary>
/// <param name="Segments">A role (weight, bias or norm), or a segment's name in which <c>*</c> stands for any run of characters, such as <c>layer1.*</c>.</param>
public sealed record ContenderGroup(string Segments)
{
    /// <summary>Whether they are never changed.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Their optimizer; <see langword="null"/> for the contender's own, with its settings.</summary>
    public OptimizerInfo? Other { get; init; }

    /// <summary>Their learning rate; <see langword="null"/> for the contender's.</summary>
    public Schedule? LearningRate { get; init; }

    /// <summary>The settings that differ from those of the contender, or from the other optimizer's defaults.</summary>
    public ValueList<(Setting Setting, double Value)> Changes { get; init; } = [];

    /// <summary>The group of a run of the contender.</summary>
    /// <param name="optimizer">The contender's optimizer at the learning rate of the run.</param>
    /// <exception cref="SteepestException">A value lies outside its range, or settings do not go together.</exception>
    public ParameterGroup For(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Optimizer? own = null;
        if (!IsFrozen)
        {
            var settings = Other is null ? new Dictionary<string, double>(optimizer.Settings) : [];
            foreach (var (setting, value) in Changes) settings[setting.Name] = value;
            own = (Other ?? optimizer.Info).With(LearningRate ?? optimizer.LearningRate, settings);
        }

        ParameterRole[] roles = [ParameterRole.Weight, ParameterRole.Bias, ParameterRole.Norm];
        foreach (var role in roles)
        {
            if (role.ToString().Equals(Segments, StringComparison.OrdinalIgnoreCase)) return ParameterGroup.Of(role, own);
        }

        return ParameterGroup.Named(Segments, own);
    }

    /// <summary>The command's spelling, such as bias(weight-decay:0).</summary>
    public override string ToString()
    {
        if (IsFrozen) return $"{Segments}(frozen)";
        var parts = new List<string>();
        if (Other is not null) parts.Add($"optimizer:{Other.Name}");
        if (LearningRate is not null) parts.Add($"learning-rate:{LearningRate}");
        parts.AddRange(Changes.Select(change => FormattableString.Invariant($"{change.Setting.Name}:{(change.Setting.IsSwitch ? change.Value != 0 ? "on" : "off" : Reports.Words.Number(change.Value))}")));
        return $"{Segments}({string.Join(';', parts)})";
    }
}
