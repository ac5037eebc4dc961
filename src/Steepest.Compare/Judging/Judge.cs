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
            options, [.. tasks], PerformanceProfile.Of(everywhere, times), [.. PerformanceProfile.RankingDependsOn(everywhere, times).Select(task => tasks[task].Task)])
        {
            FirstDependsOn = [.. tasks.Where((_, left) => !First([.. times.Where((_, task) => task != left)]).Equals(First(times))).Select(task => task.Task)],
        };

        ValueList<string> First(IReadOnlyList<double>[] of) => [.. PerformanceProfile.Ranking(PerformanceProfile.Of(everywhere, of)).Take(1)];
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

        var given = options.Reaches.Where(one => one.Task == trials[0].Task).Select(one => one.Reach).SingleOrDefault();
        var (_, metric, isHigherBetter) = options.Metrics.Where(one => one.Task == trials[0].Task).DefaultIfEmpty(("", options.Metric, options.IsHigherBetter)).Single();
        var reach = given ?? new Reach(metric, isHigherBetter, options.Target ?? LastOf(baseline));
        var contenders = Selected(reach).Select(one => ContenderResults.Of(one.Key, [.. one.Value], reach, options.Timings.FirstOrDefault(timing => timing.Task == trials[0].Task && timing.Contender == one.Key))).ToArray();
        var pairs = options.AllPairs
            ? contenders.SelectMany((one, i) => contenders.Skip(i + 1).Select(other => (One: one, Other: other))).ToArray()
            : [.. contenders.Where(one => one.Name != baseline).Select(one => (One: one, Other: contenders.Single(other => other.Name == baseline)))];
        var level = new Level(pairs.Length, options.Look);
        var task = new TaskJudgement(
            trials[0].Task,
            reach,
            given is null && options.Target is null,
            [.. repeats],
            baseline,
            level,
            [.. contenders],
            [.. pairs.Select(pair => Compare(pair.One, pair.Other, reach.IsHigherBetter, contenders.Any(contender => contender.Test is not null), level, options))],
            [.. new[] { reach.Moved(Moved), reach.Moved(1 / Moved) }.Where(moved => IsOtherOrder(TimesAt(reach), TimesAt(moved)))],
            [])
        {
            Summary = options.Summaries.Where(one => one.Task == trials[0].Task).Select(one => one.Summary).FirstOrDefault() ?? trials[0].Task,
            Unit = options.Unit,
            Procedure = options.Procedure,
            SpaceCuts = SpaceCut.Of(contenders, [.. pairs.Select(pair => (pair.One.Name, pair.Other.Name))], reach, (one, other) => Comparison.OfTimes(one, other, level, options.RatioMargin)),
        };
        return task with { Warnings = Lint.Of(task, options) };

        IEnumerable<KeyValuePair<string, Selection[]>> Selected(Reach target) =>
            names.Select(name => KeyValuePair.Create(name, repeats.Select(repeat => Selection.Of([.. byRepeat[(name, repeat)]], target)).ToArray()));

        double[] TimesAt(Reach target) =>
            [.. Selected(target).Select(one => Median.Of(one.Value.Select(selection => selection.Final.Curve.TimeTo(target).OrInfinity)).Value)];

        // The worst that is finite, so that as many of its runs as can reach the target; of several settings in a repeat the best, for a poor one is no target.
        double LastOf(string name)
        {
            var last = trials.Where(trial => trial.Contender == name && trial.Role == TrialRole.Final && !trial.Curve.HasDiverged)
                .GroupBy(trial => trial.Repeat, trial => trial.Curve.Final).Select(finals => isHigherBetter ? finals.Max() : finals.Min()).ToArray();
            if (last.Length == 0) throw new SteepestException($"{where}No final run of {name} ended with a finite {metric}, which would be the target; give one with --reach.");
            return isHigherBetter ? last.Min() : last.Max();
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

    private static Contest Compare(ContenderResult one, ContenderResult other, bool isHigherBetter, bool hasTest, Level level, JudgeOptions options)
    {
        var budget = Math.Min(BudgetOf(one), BudgetOf(other));
        return new(
            one.Name,
            other.Name,
            Comparison.OfTimes([.. one.Times.Select(time => time.Within(budget))], [.. other.Times.Select(time => time.Within(budget))], level, options.RatioMargin),
            Comparison.OfMetrics(FinalsOf(one, hasTest), FinalsOf(other, hasTest), isHigherBetter, level, options.MetricMargin));
    }

    // A miss ranks beyond every ratio: if only the other's could be missed for its shorter budget, equal contenders would not win equally often.
    private static double BudgetOf(ContenderResult contender) =>
        contender.Times.Any(time => time.IsCensored && time != ReachTime.Never) ? contender.Budget : double.PositiveInfinity;

    // On the test rows where there are any: how well it fits those it was tuned by is worth less.
    private static double[] FinalsOf(ContenderResult contender, bool hasTest) =>
        [.. contender.Selections.Select(selection => hasTest ? selection.Final.Test ?? double.NaN : selection.Final.Curve.Final)];

    // What is equal, such as two misses, is in no order.
    private static bool IsOtherOrder(double[] times, double[] others) =>
        times.Index().Any(a => times.Index().Any(b => a.Item < b.Item && others[a.Index] > others[b.Index]));
}
