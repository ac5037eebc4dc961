using System.Globalization;

namespace Steepest;

/// <summary>A file of images and the file of their labels, found to belong together.</summary>
internal sealed class IdxPair
{
    private const int MostClasses = 256;

    // 2,048 × 2,048. Each has a name, and a gzip file of a few kilobytes can announce and hold thousands of millions.
    private const int MostFeatures = 1 << 22;

    private readonly string images;
    private readonly string labels;
    private readonly IReadOnlyList<long> shape;

    private IdxPair(string images, string labels, double scale, string? name, IReadOnlyList<string>? classNames)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(images);
        ArgumentException.ThrowIfNullOrWhiteSpace(labels);
        if (!double.IsFinite(scale) || scale == 0)
            throw new SteepestException($"'{images}': found the scale {Text.Of(scale)}, expected a finite number other than 0.");
        this.images = images;
        this.labels = labels;
        Scale = scale;
        Name = name ?? NameOf(images);

        using (var file = IdxFile.Open(images))
        {
            shape = ShapeOf(file);
            file.MustHoldItsElements();
        }

        FeatureNames = [.. NamesOf(shape)];
        ClassNames = classNames is null
            ? [.. Enumerable.Range(0, ScanLabels(MostClasses, named: false) + 1).Select(label => label.ToString(CultureInfo.InvariantCulture))]
            : DatasetChecks.Names(Name, "class", classNames);
        if (classNames is not null)
            ScanLabels(ClassNames.Count, named: true);
    }

    public double Scale { get; }

    public string Name { get; }

    public long Rows => shape[0];

    public int FeatureCount => FeatureNames.Count;

    public IReadOnlyList<string> FeatureNames { get; }

    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Looks at both headers and at all labels.</summary>
    public static IdxPair Inspect(string images, string labels, double scale, string? name, IReadOnlyList<string>? classNames) =>
        new(images, labels, scale, name, classNames);

    /// <summary>The images from the first on.</summary>
    public IdxFile OpenImages()
    {
        var file = IdxFile.Open(images);
        if (file.Sizes.SequenceEqual(shape))
            return file;
        file.Dispose();
        throw new SteepestException($"'{images}': the header has changed since it was first read, expected the same file all the time.");
    }

    /// <summary>The labels from the first on.</summary>
    public IdxFile OpenLabels()
    {
        var file = IdxFile.Open(labels);
        try
        {
            file.MustHaveDimensions(1, 1, "1 (labels)");
            if (!file.Element.IsWhole)
                throw file.Says($"found labels of type {file.Element}", "whole numbers");
            if (file.Sizes[0] != Rows)
            {
                throw new SteepestException(
                    $"'{labels}': found {Text.Of(file.Sizes[0])} labels for the {Text.Of(Rows)} images of '{images}', expected one for each.");
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All labels at once.</summary>
    public int[] ReadLabels()
    {
        using var file = OpenLabels();
        var all = new int[Rows];
        var filled = 0;
        while (filled < all.Length)
        {
            foreach (var label in file.Decode(all.Length - filled))
                all[filled++] = (int)label;
        }

        file.MustEnd();
        return all;
    }

    private static string NameOf(string path)
    {
        var file = Path.GetFileName(path);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && file.Length > 3 ? file[..^3] : file;
    }

    private static IReadOnlyList<long> ShapeOf(IdxFile file)
    {
        file.MustHaveDimensions(2, 3, "3 (images, rows, columns) or 2 (images, features)");
        if (file.Sizes[0] == 0)
            throw file.Says("found 0 images", "at least one");
        var features = file.Sizes.Skip(1).Aggregate(UInt128.One, (product, size) => product * (UInt128)size);
        if (features == 0 || features > MostFeatures)
        {
            throw file.Says(
                $"found images of {string.Join(" × ", file.Sizes.Skip(1).Select(Text.Of))} features",
                $"from 1 to {Text.Of(MostFeatures)} features");
        }

        return file.Sizes;
    }

    private static IEnumerable<string> NamesOf(IReadOnlyList<long> shape)
    {
        for (long row = 1; row <= shape[1]; row++)
        {
            if (shape.Count == 2)
                yield return string.Create(CultureInfo.InvariantCulture, $"feature {row}");
            for (long column = 1; shape.Count == 3 && column <= shape[2]; column++)
                yield return string.Create(CultureInfo.InvariantCulture, $"row {row}, column {column}");
        }
    }

    /// <summary>Makes sure that every label has a class; the largest label.</summary>
    private int ScanLabels(int classes, bool named)
    {
        using var file = OpenLabels();
        double largest = 0;
        long read = 0;
        while (read < Rows)
        {
            foreach (var label in file.Decode(Rows - read))
            {
                read++;
                if (!(label >= 0 && label < classes))
                {
                    throw file.Says(
                        $"label {Text.Of(read)} is {Text.Of(label)}",
                        named ? $"one from 0 to {classes - 1} for {classes} class names" : $"one from 0 to {classes - 1}");
                }

                largest = Math.Max(largest, label);
            }
        }

        file.MustEnd();
        return (int)largest;
    }
}
