using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>bench/results/peers.md.</summary>
internal static class PeersText
{
    /// <summary>What Steepest set out to reach: at most so much, at least so many times as fast as the best peer.</summary>
    private static readonly Dictionary<(string, bool OneThread), (double Most, double TimesThePeer)> Goals = new()
    {
        [("w1", true)] = (3.0, 30),
        [("w2", true)] = (2.6, 4),
        [("w3", true)] = (13.5, 1.4),
        [("w3", false)] = (8.5, 1.4),
        [("w5", false)] = (0.2, 15),
        [("w6", true)] = (0.12, 0),
    };

    public static string Of(Standings standings)
    {
        var text = new StringBuilder();
        text.AppendLine("# Beside its peers").AppendLine();
        text.AppendLine("`dotnet run -c Release --project bench/Steepest.Benchmarks -- peers`").AppendLine();
        text.AppendLine("Every contender is a process of its own that stays up and has its turns, A B C A B C; figures are the median of the rounds, in brackets the least and");
        text.AppendLine("the most, and ratios are taken round by round. Same data, same network, same optimizer, same batches, same precision. Losses are compared after five");
        text.AppendLine("epochs from the same start with all rows as one batch, of W1 after 200.").AppendLine();
        text.Append(Summary(standings)).AppendLine();
        foreach (var standing in standings.All) Add(text, standing);
        Add(text, standings.InstalledBytes);
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>Steepest and the best peer of every workload.</summary>
    public static Table Summary(Standings standings)
    {
        var table = new Table("workload", "threads", "Steepest", "best peer", "times as fast", "limit", "goal", "reached");
        foreach (var standing in standings.All)
        {
            foreach (var ours in standing.Lines.Where(line => line.Role == Role.Ours))
            {
                var best = standing.BestPeer(ours.Threads);
                var ratio = best?.Times.Over(ours.Times);
                var (goal, reached) = GoalOf(standing, ours, ratio);
                table.Add(
                    $"{Label(standing)}, {standing.Unit}", Number(ours.Threads), Figures.Of(ours.Times.Median), best is null ? "–" : $"{best.Name} {Figures.Of(best.Times.Median)}",
                    ratio is null ? "–" : $"{Figures.Of(ratio.Median)}×", Figures.Of(standing.LimitOf(ours.Threads).Median), goal, reached);
            }
        }

        return table;
    }

    /// <summary>The same in few columns.</summary>
    public static Table Short(Standings standings)
    {
        var table = new Table("", "threads", "Steepest", "best peer", "times as fast");
        foreach (var standing in standings.All)
        {
            foreach (var ours in standing.Lines.Where(line => line.Role == Role.Ours))
            {
                if (standing.BestPeer(ours.Threads) is not { } best) continue;
                table.Add(
                    standing.Title, Number(ours.Threads), $"{Figures.Of(ours.Times.Median)} {standing.Unit}", $"{Figures.Of(best.Times.Median)}, {best.Name}",
                    $"{Figures.Of(best.Times.Over(ours.Times).Median)}×");
            }
        }

        return table;
    }

    private static (string Goal, string Reached) GoalOf(Standing standing, Line ours, Times? ratio)
    {
        if (standing.Workload == "w4")
        {
            var c = standing.Lines.FirstOrDefault(line => line.Name == PeersReport.OneLoopInC);
            return ("≤ 1.2 times the C loop", c is null ? "–" : $"{Figures.Of(ours.Times.Over(c.Times).Median)} times");
        }

        if (!Goals.TryGetValue((standing.Workload, ours.Threads == 1), out var goal)) return ("–", "–");
        var reached = ours.Times.Median <= goal.Most && (goal.TimesThePeer == 0 || ratio?.Median >= goal.TimesThePeer);
        var said = goal.TimesThePeer == 0 ? "" : $", ≥ {Number(goal.TimesThePeer)}×";
        return ($"≤ {Number(goal.Most)}{said}", reached ? "yes" : "no");
    }

    private static void Add(StringBuilder text, Standing standing)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Label(standing)}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{standing.Title}. {standing.Machine}; {standing.Date}.").AppendLine();
        var compares = standing.Lines.Any(line => line.LossDifference is not null);
        string[] head = ["", "threads", standing.Unit, "over Steepest's"];
        var table = compares ? new Table([.. head, "loss differs from ours by"]) : new Table(head);
        foreach (var line in standing.Lines)
        {
            var ours = standing.Lines.Where(other => other.Role == Role.Ours).MinBy(other => Math.Abs(other.Threads - line.Threads))!;
            List<string> cells =
            [
                line.Version.Length == 0 ? line.Name : $"{line.Name} ({line.Version})", Number(line.Threads), Figures.Spread(line.Times), Figures.Spread(line.Times.Over(ours.Times)),
            ];
            if (compares) cells.Add(line.LossDifference is { } difference ? difference.ToString("0.0e0", CultureInfo.InvariantCulture) : "–");
            table.Add([.. cells]);
        }

        text.Append(table).AppendLine();
        var most = standing.Lines.Max(line => line.Threads);
        var share = standing.CoresShareLimit && most > 1 ? $" of one core; on {Number(most)} cores {Figures.Of(standing.LimitOf(most).Median)}" : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"Limit: {Figures.Spread(standing.LimitOf(1))} {standing.Unit}, {standing.LimitIs}{share}.").AppendLine();
    }

    private static void Add(StringBuilder text, IReadOnlyDictionary<string, long> bytes)
    {
        if (bytes.Count == 0) return;
        text.AppendLine("## Installed size").AppendLine();
        text.AppendLine("The library's file; of the peers the package's folder and the shared libraries outside of it that it loads.").AppendLine();
        var table = new Table("", "MB");
        foreach (var (name, size) in bytes.OrderBy(pair => pair.Value)) table.Add(name, Figures.Of(size / 1e6));
        text.Append(table).AppendLine();
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Label(Standing standing) => standing.Workload == "fashion" ? "Fashion-MNIST" : standing.Workload.ToUpperInvariant();
}
