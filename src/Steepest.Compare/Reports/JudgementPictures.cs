using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>The pictures of a judgement, two for each task: curves with bands, and times to the target with intervals.</summary>
public static class JudgementPictures
{
    // More would be a heap of lines; the tables have them all.
    private const int LongestTitle = 220;

    /// <summary>The pictures by file name without ending.</summary>
    /// <param name="judgement">The judgement.</param>
    public static IReadOnlyList<(string Name, StillPicture Picture)> Of(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return
        [
            .. judgement.Tasks.SelectMany((task, place) =>
            {
                var before = judgement.Tasks.Count == 1 ? "" : $"task-{place + 1}-";
                var title = Title(task);
                var description = string.Join("; ", task.Contests.Select(contest => JudgementWords.Of(contest, task.Unit)));
                return new[]
                {
                    ($"{before}curves", new StillPicture(title, description, (width, height, dash) => CurvesPlot.Compose(task, title, width, height, dash))),
                    ($"{before}times", new StillPicture(title, description, (width, height, dash) => TimesPlot.Compose(task, title, width, height, dash))),
                };
            }),
        ];
    }

    private static string Title(TaskJudgement task)
    {
        var title = "";
        foreach (var contest in task.Contests)
        {
            var next = title.Length == 0 ? JudgementWords.Of(contest, task.Unit) : $"{title}; {JudgementWords.Of(contest, task.Unit)}";
            if (next.Length > LongestTitle) break;
            title = next;
        }

        return Words.Capital(title.Length == 0 ? $"{task.Contenders.Count} contenders to {task.Reach}" : $"{title}.");
    }
}
