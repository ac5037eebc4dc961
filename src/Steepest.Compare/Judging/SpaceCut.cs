using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>A verdict that is another where spaces are narrower.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Against">Whom it is compared with.</param>
/// <param name="Whole">The verdict with all tries.</param>
/// <param name="Cut">The comparison with those that are left.</param>
public sealed record VerdictChange(string Contender, string Against, Verdict Whole, Comparison Cut);

/// <summary>
/// What becomes of the verdicts of a task if every contender's space lacks half a decade at one end. A space moved by half a decade would also gain as much
/// at its other end, but nothing was tried there: this is what the tries that were made can say. Both sides of it, with all tries and with those that are
/// left, take as the time of a repeat the median over the confirmed starts of the setting then selected; where none of the confirmed settings is left, the
/// best of the tries. These are not the final runs, so that a verdict with all tries may differ from that of the task.
/// </summary>
/// <param name="IsLowest">Whether the lowest half decade is left out; else the highest.</param>
/// <param name="Changes">The verdicts that are others.</param>
public sealed record SpaceCut(bool IsLowest, ValueList<VerdictChange> Changes)
{
    private static readonly double HalfDecade = Math.Sqrt(10);

    /// <summary>Both cuts; none where no contender has tries of more than one setting that is a number.</summary>
    /// <param name="contenders">The contenders.</param>
    /// <param name="pairs">Who is compared with whom.</param>
    /// <param name="reach">The target.</param>
    /// <param name="compare">Compares times.</param>
    internal static ValueList<SpaceCut> Of(
        IReadOnlyList<ContenderResult> contenders,
        IReadOnlyList<(string One, string Other)> pairs,
        Reach reach,
        Func<IReadOnlyList<ReachTime>, IReadOnlyList<ReachTime>, Comparison> compare)
    {
        var spaces = contenders.ToDictionary(contender => contender.Name, SpaceOf);
        if (spaces.Values.All(space => space is null)) return [];
        var whole = Compared((_, _) => true);
        return [Without(isLowest: true), Without(isLowest: false)];

        SpaceCut Without(bool isLowest)
        {
            var cut = Compared((name, value) => spaces[name] is not var (low, high) || (isLowest ? value >= low * HalfDecade : value <= high / HalfDecade));
            return new SpaceCut(isLowest, [.. pairs.Index().Where(at => cut[at.Index].Verdict != whole[at.Index].Verdict).Select(at => new VerdictChange(at.Item.One, at.Item.Other, whole[at.Index].Verdict, cut[at.Index]))]);
        }

        Comparison[] Compared(Func<string, double, bool> isLeft)
        {
            var times = contenders.ToDictionary(contender => contender.Name, contender => TimesOf(contender, reach, value => isLeft(contender.Name, value)));
            return [.. pairs.Select(pair => compare(times[pair.One], times[pair.Other]))];
        }
    }

    private static (double Low, double High)? SpaceOf(ContenderResult contender)
    {
        var tries = contender.Selections.SelectMany(selection => selection.Tries).ToArray();
        return tries.Length == 0 || tries.Any(one => one.SettingValue is null) || tries.Min(one => one.SettingValue) == tries.Max(one => one.SettingValue)
            ? null
            : (tries.Min(one => one.SettingValue!.Value), tries.Max(one => one.SettingValue!.Value));
    }

    private static ReachTime[] TimesOf(ContenderResult contender, Reach reach, Func<double, bool> isLeft)
    {
        if (SpaceOf(contender) is null) return [.. contender.Times];
        var left = contender.Selections.Select(selection => Left(selection, isLeft)).ToArray();

        // Of a space so narrow that half a decade is all of it nothing would be left.
        if (left.Any(runs => runs.Length == 0)) left = [.. contender.Selections.Select(selection => Left(selection, _ => true))];
        return [.. left.Select(runs => ReachTime.Median(Selection.Best(runs, reach).Select(start => start.Curve.TimeTo(reach))))];
    }

    private static Trial[] Left(Selection selection, Func<double, bool> isLeft)
    {
        Trial[] confirmed = [.. selection.Confirmations.Where(start => start.SettingValue is { } value && isLeft(value))];
        return confirmed.Length > 0 ? confirmed : [.. selection.Tries.Where(one => isLeft(one.SettingValue!.Value))];
    }
}
