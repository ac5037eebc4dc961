using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>
/// Who is drawn in which colour. As many as there are colours have one each; of more, the baseline and the best have, and the others are grey, for a dozen colours
/// tell nobody apart.
/// </summary>
/// <param name="Places">The place of each contender among colours and dashes; <see cref="ChartStyle.Other"/> for grey.</param>
internal sealed record Spotlight(ValueList<int> Places)
{
    /// <summary>The contenders of a task; the best are those with the least median time.</summary>
    public static Spotlight Of(TaskJudgement task) =>
        Of([.. task.Contenders.Select(contender => contender.Name)], [.. task.Contenders.OrderBy(contender => contender.Time.Value).Select(contender => contender.Name)], task.Baseline);

    /// <summary>Contenders in order, and from the best to the worst.</summary>
    public static Spotlight Of(IReadOnlyList<string> names, IReadOnlyList<string> ranking, string? baseline)
    {
        var lit = names.Count <= ChartStyle.Count ? names : [.. ranking.OrderBy(name => name == baseline ? 0 : 1).Take(ChartStyle.Count)];
        var inOrder = names.Where(name => lit.Contains(name)).ToList();
        return new Spotlight([.. names.Select(name => inOrder.IndexOf(name) is var place && place < 0 ? ChartStyle.Other : place)]);
    }

    /// <summary>The contenders' numbers in the order in which they are drawn: grey ones first, for others lie over them.</summary>
    public IEnumerable<int> Order => Enumerable.Range(0, Places.Count).OrderBy(number => Places[number] == ChartStyle.Other ? 0 : 1);

    /// <summary>The lines of a legend: those in colour, then one for all others.</summary>
    public IReadOnlyList<(string Name, int Place)> Legend(IReadOnlyList<string> names)
    {
        var others = Places.Count(place => place == ChartStyle.Other);
        return [.. names.Zip(Places).Where(one => one.Second != ChartStyle.Other), .. others == 0 ? ((string, int)[])[] : [($"{others} others", ChartStyle.Other)]];
    }
}
