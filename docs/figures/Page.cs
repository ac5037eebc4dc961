namespace Steepest.Figures;

/// <summary>What the runs of one page came to.</summary>
/// <param name="Name">The page and its picture, without ending.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Lines">Lines of the page that have the runs' numbers in them, word for word.</param>
internal sealed record Page(string Name, Chart Picture, IReadOnlyList<string> Lines) : IDisposable
{
    public static IReadOnlyList<(string Name, Func<Page> Make)> All { get; } =
    [
        (Training.Name, Training.Make),
        (ValidationAndEarlyStopping.Name, ValidationAndEarlyStopping.Make),
        (Checkpoints.Name, Checkpoints.Make),
        (Regression.Name, Regression.Make),
        (ClassImbalance.Name, ClassImbalance.Make),
    ];

    public void Dispose() => Picture.Dispose();
}
