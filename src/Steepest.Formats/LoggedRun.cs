namespace Steepest;

/// <summary>One training run as a file of curves tells of it.</summary>
/// <param name="Task">The task; empty where the file has no such column.</param>
/// <param name="Contender">The contender.</param>
/// <param name="Repeat">The repeat, paired with that of the other contenders.</param>
/// <param name="Try">The try, when tuning; empty for a final run and where the file has no such column.</param>
/// <param name="Setting">The setting that was run; empty where the file has no such column.</param>
/// <param name="Steps">The steps of the evaluations, ascending, each once.</param>
/// <param name="Metric">The metric at each; not finite where the run diverged.</param>
/// <param name="Seconds">The seconds at each; empty where the file has no such column.</param>
public sealed record LoggedRun(
    string Task, string Contender, string Repeat, string Try, string Setting, IReadOnlyList<long> Steps, IReadOnlyList<double> Metric, IReadOnlyList<double> Seconds)
{
    /// <summary>What it was run for: try, confirmation, final or as-set; empty where the file has no such column.</summary>
    public string Role { get; init; } = "";
}
