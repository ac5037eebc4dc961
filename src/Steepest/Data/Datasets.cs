namespace Steepest;

/// <summary>
/// The datasets that come with the library, with the rows, names and order of scikit-learn's copies; each is read once, when first asked
/// for.
/// </summary>
public static class Datasets
{
    private const string CreativeCommons = "CC BY 4.0";

    private static readonly Lazy<Dataset> LazyIris = new(() => BundledFile.Read("iris", ["setosa", "versicolor", "virginica"]));
    private static readonly Lazy<Dataset> LazyWine = new(() => BundledFile.Read("wine", ["class_0", "class_1", "class_2"]));
    private static readonly Lazy<Dataset> LazyBreastCancer = new(() => BundledFile.Read("breast-cancer", ["malignant", "benign"]));
    private static readonly Lazy<Dataset> LazyDigits =
        new(() => BundledFile.Read("digits", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]));

    /// <summary>Every bundled dataset, the smallest first.</summary>
    public static IReadOnlyList<BundledDataset> All { get; } = Array.AsReadOnly<BundledDataset>(
    [
        new(
            "iris",
            "species of 150 irises from the lengths and widths of sepals and petals",
            Rows: 150,
            FeatureCount: 4,
            Classes: 3,
            "R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936; UCI, doi:10.24432/C56C76",
            CreativeCommons,
            Iris),
        new(
            "wine",
            "grower of 178 Italian wines from a chemical analysis",
            Rows: 178,
            FeatureCount: 13,
            Classes: 3,
            "S. Aeberhard and M. Forina, Wine, 1991; UCI, doi:10.24432/C5PC7J",
            CreativeCommons,
            Wine),
        new(
            "breast-cancer",
            "malignant or benign, for 569 tumours, from measurements of their cell nuclei",
            Rows: 569,
            FeatureCount: 30,
            Classes: 2,
            "W. Wolberg, O. Mangasarian, N. Street and W. Street, Breast Cancer Wisconsin (Diagnostic), 1993; UCI, doi:10.24432/C5DW2B",
            CreativeCommons,
            BreastCancer),
        new(
            "digits",
            "digit in 1,797 handwritten images of 8 × 8 pixels",
            Rows: 1797,
            FeatureCount: 64,
            Classes: 10,
            "E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (test part), 1998; UCI, doi:10.24432/C50P49",
            CreativeCommons,
            Digits),
    ]);

    /// <summary>Fisher's irises: 150 rows, 4 features in centimetres, 3 species of 50 rows each.</summary>
    public static Dataset Iris() => LazyIris.Value;

    /// <summary>Wines of three growers: 178 rows, 13 features from a chemical analysis, 3 classes.</summary>
    public static Dataset Wine() => LazyWine.Value;

    /// <summary>Tumours, malignant (0) or benign (1): 569 rows, 30 features measured on images of cell nuclei.</summary>
    public static Dataset BreastCancer() => LazyBreastCancer.Value;

    /// <summary>Handwritten digits: 1,797 rows, 64 features that are the grey levels, 0 to 16, of 8 × 8 pixels, 10 classes.</summary>
    public static Dataset Digits() => LazyDigits.Value;

    /// <summary>The bundled dataset of the given name.</summary>
    /// <param name="name">A name as in <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">
    /// No bundled dataset has that name; the message says which name is nearest, or which there are.
    /// </exception>
    public static BundledDataset Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw NearestName.Unknown("data set", name, All.Select(dataset => dataset.Name));
    }
}
