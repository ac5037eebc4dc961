using System.Globalization;

namespace Steepest.Compare.Reports;

/// <summary>What paths over a test function show, in sentences.</summary>
public static class SurfaceVerdict
{
    /// <summary>Who arrives at a minimum, and when.</summary>
    /// <param name="plan">Who walked where.</param>
    /// <param name="paths">The paths.</param>
    public static string Of(SurfacePlan plan, IReadOnlyList<SurfacePath> paths)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(paths);
        var several = paths.GroupBy(path => path.Contender).Any(same => same.Count() > 1);
        string Name(SurfacePath path) => several && !path.HasSchedule ? $"{path.Contender.Title} at {Words.Number(path.LearningRate)}" : path.Contender.Title;
        var near = string.Create(CultureInfo.InvariantCulture, $"within {SurfacePath.Near} of {(plan.Function.Minima.Count > 1 ? "a" : "the")} minimum");
        var there = paths.Where(path => path.ArrivedAt is not null).OrderBy(path => path.ArrivedAt).ToArray();
        var diverged = paths.Where(path => path.ArrivedAt is null && path.DivergedAt is not null).ToArray();
        string[] others = [.. paths.Where(path => path.ArrivedAt is null && path.DivergedAt is null).Select(Name)];
        var parts = new List<string>();
        foreach (var (i, path) in there.Index())
            parts.Add(i == 0 ? $"{Name(path)} comes to stay {near} in {Words.Count(path.ArrivedAt!.Value)} {(path.ArrivedAt == 1 ? "step" : "steps")}" : $"{Name(path)} in {Words.Count(path.ArrivedAt!.Value)}");
        if (others.Length > 0)
            parts.Add(there.Length > 0 ? $"{Words.List(others)} not in {Words.Count(plan.Steps)}" : $"{Words.List(others)} {(others.Length == 1 ? "does" : "do")} not come to stay {near} in {Words.Count(plan.Steps)} steps");
        if (diverged.Length > 0) parts.Add($"{Words.List([.. diverged.Select(Name)])} {(diverged.Length == 1 ? "diverges" : "diverge")}");
        return $"On {plan.Function.Name} {string.Join(", ", parts)}.";
    }

    /// <summary>The function, the start, steps and noise.</summary>
    /// <param name="plan">Who walked where.</param>
    public static string Setting(SurfacePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var start = string.Join(", ", (plan.Start ?? plan.Function.Start).Select(Words.Number)).Replace('-', '−');
        var noise = plan.Noise > 0 ? $", gradient noise {Words.Number(plan.Noise)} (seed {plan.Seed})" : "";
        return $"{plan.Function.Description}; from ({start}), {Words.Count(plan.Steps)} steps{noise}";
    }
}
