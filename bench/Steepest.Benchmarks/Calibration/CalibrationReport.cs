using System.Globalization;
using System.Text;
using Steepest.Compare.Statistics;

namespace Steepest.Benchmarks;

/// <summary>Whether the statistics of comparisons keep what they promise, on simulated times whose truth is known: calibration.md. Fails where a bound is not held.</summary>
internal sealed class CalibrationReport
{
    private const double StandardErrors = 2.6;

    private static readonly int[] AllRepeats = [6, 10, 25], AllContenders = [2, 3, 14];
    private static readonly (Scatter Scatter, string Name)[] Scatters = [(Scatter.LogNormal, "log-normal"), (Scatter.HeavyTailed, "heavy-tailed"), (Scatter.Tied, "tied")];

    private readonly StringBuilder text = new();
    private readonly List<string> broken = [];
    private readonly bool isQuick;
    private uint stream;

    private CalibrationReport(bool isQuick) => this.isQuick = isQuick;

    public static int Write(bool quick)
    {
        var report = new CalibrationReport(quick);
        report.Compose();
        Results.Write("calibration.md", report.text.ToString().TrimEnd() + "\n", quick ? Effort.Quick : new(0, 0, 0));
        return report.broken.Count == 0 ? 0 : 1;
    }

    private void Compose()
    {
        text.AppendLine("# Calibration of the comparisons").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Today}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- calibration`, which fails where a bound is not held.").AppendLine();
        text.AppendLine("Times to a target are simulated, so that the truth is known: log-normal, heavy-tailed (logarithms of Student's t with two degrees of freedom) and tied (log-normal,");
        text.AppendLine("rounded to powers of √1.5: a dozen different times). Repeats differ by a factor that all contenders of a repeat share; within a pair the logarithm of the ratio has a");
        text.AppendLine("standard deviation of 0.5 unless said otherwise. With censoring the budget ends where a fifth of the runs have not reached the target. The first contender is the baseline.");
        text.AppendLine("Random numbers have fixed seeds: the figures are the same on any machine and number of threads.").AppendLine();
        AddFalseWins();
        AddCoverage();
        AddPower();
        AddAdvice();
        text.AppendLine("## Bounds").AppendLine();
        if (broken.Count == 0) text.AppendLine("All are held.");
        foreach (var bound in broken) text.AppendLine(CultureInfo.InvariantCulture, $"- Not held: {bound}.");
    }

    private int Many(int full) => isQuick ? full / 10 : full;

    private static IEnumerable<(SimulatedTimes Times, string Name, int Repeats, int Contenders)> Cells() =>
        from scatter in Scatters
        from isCensored in (bool[])[false, true]
        from contenders in AllContenders
        from repeats in AllRepeats
        select (new SimulatedTimes(scatter.Scatter, IsCensored: isCensored), $"{scatter.Name}{(isCensored ? ", censored" : "")}", repeats, contenders);

    private void AddFalseWins()
    {
        var experiments = Many(20_000);
        text.AppendLine("## A/A: wins where there is no difference").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The share of {experiments:N0} experiments with any win, at most 5 % plus {StandardErrors} standard errors. Fixed: the repeats are fixed beforehand. By looks: the repeats are");
        text.AppendLine("doubled where the first look shows nothing; look j is tested at 0.05/2ʲ. With too few repeats for the number of comparisons nothing can be shown: such a K is raised to");
        text.AppendLine("the least that can, as a plan does, and the table has the raised one. Undeclared: looked at once at 0.05 and, showing nothing, doubled and looked at again at 0.0125 all");
        text.AppendLine("the same; what that does is shown, not bound.").AppendLine();
        var table = new Table("times", "contenders", "K", "fixed", "K of look 1", "by looks", "undeclared");
        foreach (var cell in Cells())
        {
            var (once, first, second) = (new Level(cell.Contenders - 1), new Level(cell.Contenders - 1, 1), new Level(cell.Contenders - 1, 2));
            int repeats = Math.Max(cell.Repeats, once.FewestRepeats), atFirst = Math.Max(cell.Repeats, first.FewestRepeats), most = 2 * Math.Max(repeats, atFirst);
            var wins = Simulation.Sum(experiments, stream++, 3, (random, counted) =>
            {
                var times = cell.Times.Draw(cell.Contenders, most, random);
                var isWin = Simulation.HasWin(times, repeats, once);
                var isWinLater = Simulation.HasWin(times, 2 * atFirst, second);
                counted[0] += isWin ? 1 : 0;
                counted[1] += isWinLater || Simulation.HasWin(times, atFirst, first) ? 1 : 0;
                counted[2] += isWin || (repeats == atFirst ? isWinLater : Simulation.HasWin(times, 2 * repeats, second)) ? 1 : 0;
            });
            var where = $"{cell.Name}, {cell.Contenders} contenders, K = {repeats}";
            AtMost(wins[0], experiments, Level.FamilyWise, $"wins without a difference, {where}");
            AtMost(wins[1], experiments, Level.FamilyWise, $"wins without a difference by looks, {where}");
            if (wins[0] == 0 && !isQuick) broken.Add($"a win is possible, {where}");
            table.Add(
                cell.Name, cell.Contenders.ToString(CultureInfo.InvariantCulture), repeats == cell.Repeats ? $"{repeats}" : $"{repeats} (not {cell.Repeats})",
                Percent(wins[0], experiments), $"{atFirst}", Percent(wins[1], experiments), Percent(wins[2], experiments));
        }

        text.Append(table).AppendLine();
    }

    private void AddCoverage()
    {
        var experiments = Many(4_000);
        text.AppendLine("## Coverage").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The share of {experiments:N0} experiments in which the intervals of all comparisons hold the true ratio, at least 95 % less {StandardErrors} standard errors.");
        text.AppendLine("With censoring a bound is the farther one of the interval that inverts the test, in which a miss is beyond all, and of the one in which it is at its budget.").AppendLine();
        double[] ratios = [1, 1.5];
        var table = new Table(["times", "contenders", "K", .. ratios.Select(ratio => $"truth {ratio.ToString(CultureInfo.InvariantCulture)}×")]);
        foreach (var cell in Cells())
        {
            var level = new Level(cell.Contenders - 1);
            var repeats = Math.Max(cell.Repeats, level.FewestRepeats);
            var shares = new List<string>();
            foreach (var ratio in ratios)
            {
                var times = cell.Times with { Ratio = ratio };
                var held = Simulation.Sum(experiments, stream++, 1, (random, counted) => counted[0] += Simulation.HoldsTruth(times.Draw(cell.Contenders, repeats, random), level, ratio) ? 1 : 0)[0];
                AtMost(experiments - held, experiments, Level.FamilyWise, $"coverage of {ratio}, {cell.Name}, {cell.Contenders} contenders, K = {repeats}");
                shares.Add(Percent(held, experiments));
            }

            table.Add([cell.Name, $"{cell.Contenders}", $"{repeats}", .. shares]);
        }

        text.Append(table).AppendLine();
    }

    private void AddPower()
    {
        var experiments = Many(4_000);
        text.AppendLine("## Power").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The share of {experiments:N0} experiments in which a contender that is truly faster is found better; log-normal, by the spread within pairs.").AppendLine();
        var effects = Effects().ToArray();
        var table = new Table(["contenders", "K", .. effects.Select(effect => effect.Name)]);
        foreach (var contenders in AllContenders)
        {
            var level = new Level(contenders - 1);
            foreach (var repeats in AllRepeats.Select(repeats => Math.Max(repeats, level.FewestRepeats)).Distinct())
                table.Add([$"{contenders}", $"{repeats}", .. effects.Select(effect => Percent(Wins(effect.Times, repeats, level, experiments), experiments))]);
        }

        text.Append(table).AppendLine();
    }

    private void AddAdvice()
    {
        const double Factor = 1.5;
        var experiments = Many(4_000);
        text.AppendLine("## Advice").AppendLine();
        text.AppendLine("How many repeats give 80 % power, and what experiments with fewer advise: the median over all of them, which is to be within a factor of 1.5, and over those that could");
        text.AppendLine("not tell, who alone are advised. The latter is higher, because to have seen nothing is a sign of a small difference. Last, how often the range holds the truth.").AppendLine();
        var table = new Table("effect, spread", "contenders", "80 % power at", "K", "median advice", "where it could not tell", "range holds it");
        foreach (var contenders in (int[])[2, 14])
        {
            var level = new Level(contenders - 1);
            foreach (var effect in Effects())
            {
                var needed = NeededFor(0.8, effect.Times, level);
                foreach (var repeats in AllRepeats.Where(repeats => repeats >= level.FewestRepeats && repeats < needed))
                {
                    List<int> all = [], undecided = [];
                    var inRange = 0;
                    Simulation.Sum(experiments, stream++, 0, (random, _) =>
                    {
                        var times = effect.Times.Draw(2, repeats, random);
                        var sample = PairedSample.OfTimes(times[1], times[0]);
                        var advice = RepeatsAdvice.For([.. sample.AtLeast], sample.LeftOut, level, Math.Log(Comparison.UsualRatioMargin))!;
                        var isUndecided = !Simulation.IsWin(sample, level);
                        lock (all)
                        {
                            all.Add(advice.About);
                            if (isUndecided) undecided.Add(advice.About);
                            if (isUndecided && advice.Least <= needed && needed <= advice.Most) inRange++;
                        }
                    });
                    var median = Middle(all);
                    if (median > Factor * needed || needed > Factor * median) broken.Add($"the median advice, {effect.Name}, {contenders} contenders, K = {repeats}: {median} where {needed} are needed");
                    table.Add(effect.Name, $"{contenders}", $"{needed}", $"{repeats}", $"{median}", undecided.Count == 0 ? "" : $"{Middle(undecided)}", undecided.Count == 0 ? "" : Percent(inRange, undecided.Count));
                }
            }
        }

        text.Append(table).AppendLine();
    }

    private static IEnumerable<(string Name, SimulatedTimes Times)> Effects() =>
        from ratio in (double[])[1.2, 1.5, 2]
        from spread in (double[])[0.2, 0.5]
        select ($"{ratio.ToString(CultureInfo.InvariantCulture)}×, {Figures.Share(spread)}", new SimulatedTimes(Scatter.LogNormal, spread, Ratio: ratio));

    // The same experiments at every number of repeats, so that power grows with it but for very little noise.
    private int NeededFor(double power, SimulatedTimes times, Level level)
    {
        var experiments = Many(8_000);
        int low = level.FewestRepeats - 1, high = level.FewestRepeats;
        while (!IsEnough(high)) (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (IsEnough(middle)) high = middle;
            else low = middle;
        }

        return high;

        bool IsEnough(int repeats) => Wins(times, repeats, level, experiments) >= power * experiments;
    }

    private long Wins(SimulatedTimes times, int repeats, Level level, int experiments) => Simulation.Sum(experiments, stream++, 1, (random, counted) =>
    {
        var drawn = times.Draw(2, repeats, random);
        counted[0] += Simulation.IsWin(PairedSample.OfTimes(drawn[1], drawn[0]), level) ? 1 : 0;
    })[0];

    private void AtMost(long count, int of, double share, string what)
    {
        var error = Math.Sqrt(share * (1 - share) / of);
        if (count > of * (share + (StandardErrors * error))) broken.Add($"{what}: {Percent(count, of)} instead of at most {share.ToString("P0", CultureInfo.InvariantCulture)}");
    }

    private static int Middle(List<int> values) => values.Order().ElementAt(values.Count / 2);

    private static string Percent(long count, long of) => (100.0 * count / of).ToString("F1", CultureInfo.InvariantCulture) + "\u00A0%";
}
