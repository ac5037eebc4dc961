namespace Steepest;

/// <summary>
/// Reads the IDX files of MNIST, Fashion-MNIST and their relatives: images in one file, their labels in another, either of them gzipped or
/// not. Images are a file of three dimensions (images, rows, columns) or of two (images, features), of any element type and at most 4,194,304
/// features each; labels are a file of one dimension and whole numbers from 0 to 255. Features are kept as floats and named by their place, such as "row 1, column 1".
/// </summary>
public static class Idx
{
    /// <summary>What makes unsigned bytes run from 0 to 1.</summary>
    private const double OneByte = 1.0 / 255;

    /// <summary>Reads a pair of files into a dataset.</summary>
    /// <param name="images">The path of the images.</param>
    /// <param name="labels">The path of their labels.</param>
    /// <param name="scale">What every element is multiplied by, in double, before it is rounded to a float; finite and not 0.</param>
    /// <param name="name">What messages and reports call the data; by default the name of the file of images.</param>
    /// <param name="classNames">The names of the classes, label 0 first; by default the digits 0 to the largest label.</param>
    /// <exception cref="SteepestException">
    /// A file is missing, not IDX, of an element type or number of dimensions that does not fit, too short or too long; the numbers of
    /// images and labels differ or are 0; a label has no class; a feature is not finite; or the data are more than an array holds.
    /// </exception>
    public static Dataset Read(
        string images, string labels, double scale = OneByte, string? name = null, IReadOnlyList<string>? classNames = null)
    {
        var pair = IdxPair.Inspect(images, labels, scale, name, classNames);
        if (pair.Rows * pair.FeatureCount > Array.MaxLength)
        {
            throw new SteepestException(
                $"'{images}': {Text.Of(pair.Rows)} images of {Text.Of(pair.FeatureCount)} features are more than the "
                + $"{Text.Of(Array.MaxLength)} values that one array holds, expected fewer; Idx.Open reads them row by row.");
        }

        using var file = pair.OpenImages();
        var features = GC.AllocateUninitializedArray<float>((int)pair.Rows * pair.FeatureCount);
        file.Read(features, scale);
        file.MustEnd();
        return Dataset.OwningClassification(pair.Name, new FeatureValues(features), pair.FeatureNames, pair.ReadLabels(), pair.ClassNames);
    }

    /// <summary>
    /// Opens a pair of files to be read row by row, for data larger than memory: the rows that <see cref="Read"/> gives. The labels are gone
    /// through at once, the images with each pass.
    /// </summary>
    /// <param name="images">The path of the images.</param>
    /// <param name="labels">The path of their labels.</param>
    /// <param name="scale">What every element is multiplied by, in double, before it is rounded to a float; finite and not 0.</param>
    /// <param name="name">What messages and reports call the data; by default the name of the file of images.</param>
    /// <param name="classNames">The names of the classes, label 0 first; by default the digits 0 to the largest label.</param>
    /// <exception cref="SteepestException">
    /// What <see cref="Read"/> throws, but for what only the images' elements can tell: that comes with the pass that finds it.
    /// </exception>
    public static RowSource Open(
        string images, string labels, double scale = OneByte, string? name = null, IReadOnlyList<string>? classNames = null) =>
        new IdxRows(IdxPair.Inspect(images, labels, scale, name, classNames));
}
