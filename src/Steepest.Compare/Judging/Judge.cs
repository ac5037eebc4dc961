using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>From trials to a judgement: a pure function, whoever ran the trials.</summary>
public static class Judge
{
    // The ranking is looked at again with the target this much easier and harder.
    private const double Moved = 1.1;

    /// <summary>Judges all tasks.</summary>
    /// <param name="trials">The trials, in any order; contenders, tasks and repeats are in the order of their first ones.</param>
    /// <param name="options">How to judge.</param>
    /// <exception cref="SteepestException">There are fewer than two contenders, the baseline is none of them, or a repeat lacks one of them.</exception>
    public static Judgement Of(IReadOnlyList<Trial> trials, JudgeOptions options)
    {
        var tasks = trials.GroupBy(trial => trial.Task, StringComparer.Ordinal).Select(task => OfTask([.. task], options)).ToArray();
        if (tasks.Length < 2) return new Judgement(options, [.. tasks], [], []);

        string[] everywhere = [.. tasks[0].Contenders.Select(contender => contender.Name).Where(name => tasks.All(task => task.Contenders.Any(contender => contender.Name == name)))];
        var times = tasks.Select(task => (IReadOnlyList<double>)[.. everywhere.Select(name => task.Contenders.Single(contender => contender.Name == name).Time.Value)]).ToArray();
        return new Judgement(
            options, [.. tasks], PerformanceProfile.Of(everywhere, times), [.. PerformanceProfile.RankingDependsOn(everywhere, times).Select(task => tasks[task].Task)]);
    }

    private static TaskJudgement OfTask(IReadOnlyList<Trial> trials, JudgeOptions options)
    {
        string[] names = [.. trials.Select(trial => trial.Contender).Distinct()], repeats = [.. trials.Select(trial => trial.Repeat).Distinct()];
        var where = trials[0].Task.Length == 0 ? "" : $"Task {trials[0].Task}: ";
        if (names.Length < 2) throw new SteepestException($"{where}There is one contender, {names[0]}, but a comparison needs two or more.");
        var baseline = options.Baseline ?? names[0];
        if (!names.Contains(baseline)) throw NearestName.Unknown("contender", baseline, names);
        var byRepeat = trials.ToLookup(trial => (trial.Contender, trial.Repeat));
        CheckPairs(names, repeats, where, (name, repeat) => byRepeat.Contains((name, repeat)));

        var reach = new Reach(options.Metric, options.IsHigherBetter, options.Target ?? LastOf(baseline));
        var contenders = ResultsFor(reach);
        var pairs = options.AllPairs
            ? contenders.SelectMany((one, i) => contenders.Skip(i + 1).Select(other => (one, other))).ToArray()
            : [.. contenders.Where(one => one.Name != baseline).Select(one => (one, contenders.Single(other => other.Name == baseline)))];
        var level = new Level(pairs.Length, options.Look);
        var task = new TaskJudgement(
            trials[0].Task,
            reach,
            options.Target is null,
            [.. repeats],
            baseline,
            level,
            [.. contenders],
            [.. pairs.Select(pair => Compare(pair.Item1, pair.Item2, level, options))],
            [.. new[] { reach.Moved(Moved), reach.Moved(1 / Moved) }.Where(moved => IsOtherOrder(contenders, ResultsFor(moved)))],
            []);
        return task with { Warnings = Lint.Of(task) };

        ContenderResult[] ResultsFor(Reach target) => [.. names.Select(name => ResultOf(name, [.. repeats.Select(repeat => Selection.Of([.. byRepeat[(name, repeat)]], target))], target))];

        // The worst that is finite, so that as many of its runs as can reach the target; of several settings in a repeat the best, for a poor one is no target.
        double LastOf(string name)
        {
            var last = trials.Where(trial => trial.Contender == name && trial.Try is null or "final" && !trial.Curve.HasDiverged)
                .GroupBy(trial => trial.Repeat, trial => trial.Curve.Final).Select(finals => options.IsHigherBetter ? finals.Max() : finals.Min()).ToArray();
            if (last.Length == 0) throw new SteepestException($"{where}No final run of {name} ended with a finite {options.Metric}, which would be the target; give one with --reach.");
            return options.IsHigherBetter ? last.Min() : last.Max();
        }
    }

    private static void CheckPairs(string[] names, string[] repeats, string where, Func<string, string, bool> isThere)
    {
        foreach (var name in names)
        {
            var missing = repeats.Where(repeat => !isThere(name, repeat)).ToArray();
            if (missing.Length == 0) continue;
            throw new SteepestException(
                $"{where}{name} lacks {(missing.Length == 1 ? "repeat" : "repeats")} {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? $" and {missing.Length - 5} more" : "")}, "
                + $"which {names.First(other => isThere(other, missing[0]))} has, but contenders are compared in pairs: each needs the same repeats.");
        }
    }

    private static ContenderResult ResultOf(string name, Selection[] selections, Reach reach)
    {
        ReachTime[] times = [.. selections.Select(selection => selection.Final.Curve.TimeTo(reach))];
        var worst = reach.IsHigherBetter ? double.NegativeInfinity : double.PositiveInfinity;
        double[] perStep = [.. selections.Select(selection => selection.Final.MillisecondsPerStep).OfType<double>()];
        return new ContenderResult(
            name,
            [.. selections],
            [.. times],
            Median.Of(times.Select(time => time.OrInfinity)),
            Median.Of(selections.Select(selection => selection.Final.Curve.HasDiverged ? worst : selection.Final.Curve.Final)),
            perStep.Length == 0 ? null : Median.Of(perStep).Value,
            SensitivityOf(selections, reach),
            ExpectedBestOf(selections, reach));
    }

    private static Sensitivity? SensitivityOf(Selection[] selections, Reach reach)
    {
        var tries = selections.Select(selection => FirstStarts(selection)).ToArray();
        return tries.All(ofOne => ofOne.Length < 2) || tries.Any(ofOne => ofOne.Any(one => one.SettingValue is null))
            ? null
            : Sensitivity.Of([.. tries.Select(ofOne => ofOne.Select(one => new SettingTried(one.SettingValue!.Value, one.Curve.TimeTo(reach), one.Curve.Final)).ToArray())]);
    }

    private static ValueList<double> ExpectedBestOf(Selection[] selections, Reach reach)
    {
        var curves = selections.Select(selection => ExpectedBest.Of([.. FirstStarts(selection).Select(one => one.Curve.Final)], reach.IsHigherBetter)).ToArray();
        return [.. Enumerable.Range(0, curves.Min(curve => curve.Count)).Select(n => curves.Average(curve => curve[n]))];
    }

    // Confirmations of a setting are no tries of their own.
    private static Trial[] FirstStarts(Selection selection) => [.. selection.Tries.DistinctBy(one => one.Setting ?? $"try {one.Try}")];

    private static Contest Compare(ContenderResult one, ContenderResult other, Level level, JudgeOptions options)
    {
        var budget = Math.Min(BudgetOf(one), BudgetOf(other));
        return new(
            one.Name,
            other.Name,
            Comparison.OfTimes([.. one.Times.Select(time => time.Within(budget))], [.. other.Times.Select(time => time.Within(budget))], level, options.RatioMargin),
            Comparison.OfMetrics(FinalsOf(one), FinalsOf(other), options.IsHigherBetter, level, options.MetricMargin));
    }

    // A miss ranks beyond every ratio: if only the other's could be missed for its shorter budget, equal contenders would not win equally often.
    private static double BudgetOf(ContenderResult contender) =>
        contender.Times.Any(time => time.IsCensored && time != ReachTime.Never) ? contender.Budget : double.PositiveInfinity;

    private static double[] FinalsOf(ContenderResult contender) => [.. contender.Selections.Select(selection => selection.Final.Curve.Final)];

    // What is equal, such as two misses, is in no order.
    private static bool IsOtherOrder(ContenderResult[] one, ContenderResult[] other) =>
        one.Index().Any(a => one.Index().Any(b => a.Item.Time.Value < b.Item.Time.Value && other[a.Index].Time.Value > other[b.Index].Time.Value));
}
