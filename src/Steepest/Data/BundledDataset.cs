namespace Steepest;

/// <summary>A dataset that comes with the library: what it is, where it comes from and how to load it.</summary>
/// <param name="Name">The name that the command knows it by.</param>
/// <param name="Description">What is predicted from what, in one line.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="FeatureCount">The number of features.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Source">Who collected it, and where it was published.</param>
/// <param name="Licence">The terms on which it may be passed on.</param>
/// <param name="Load">Reads the dataset, the first time; later calls return the same one.</param>
public sealed record BundledDataset(
    string Name,
    string Description,
    int Rows,
    int FeatureCount,
    int Classes,
    string Source,
    string Licence,
    Func<Dataset> Load);
