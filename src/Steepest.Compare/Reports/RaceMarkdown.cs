using System.Text;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>A race as Markdown: the verdict, the runs, and the fair race after it.</summary>
public static class RaceMarkdown
{
    /// <summary>The whole report.</summary>
    /// <param name="race">The race.</param>
    /// <param name="fair">The fair race after it, if there was one.</param>
    public static string Of(RaceResult race, Judgement? fair)
    {
        ArgumentNullException.ThrowIfNull(race);
        var text = new StringBuilder();
        foreach (var sentence in RaceVerdict.Of(race)) text.Append("> ").Append(sentence).Append("\n>\n");
        if (text.Length > 0) text.Length -= 2;
        if (fair is not null) text.Append(">\n").Append(JudgementMarkdown.Of(fair)).Append('\n');
        text.Append("\n## One split, one start\n\n| optimizer | learning rate | epochs | final loss | reached at epoch | test rows right |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var run in race.Runs)
        {
            text.Append("| ").AppendJoin(" | ", (string[])
            [
                run.Spec.Contender.Title,
                run.Spec.HasSchedule ? "schedule" : Words.Number(run.Spec.LearningRate),
                Words.Count(run.Epochs),
                run.DivergedAt is { } epoch ? $"diverged at {Words.Count(epoch)}" : run.FinalLoss is { } loss ? Words.Loss(loss) : "–",
                run.ReachedAt is { } reached ? Words.Count(reached) : "–",
                run.DivergedAt is not null ? "–" : $"{Words.Count(run.TestRight)} of {Words.Count(run.TestRows)}",
            ]).Append(" |\n");
        }

        return text.ToString();
    }
}
