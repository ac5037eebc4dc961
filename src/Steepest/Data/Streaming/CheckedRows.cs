namespace Steepest;

/// <summary>One pass over a source that makes sure of every row, and of their number; rows and columns count from 1 in every message.</summary>
/// <param name="source">The source.</param>
/// <param name="loss">What the targets must suit, beside being finite; <see langword="null"/> for nothing.</param>
/// <param name="inFloat">Whether the numbers must do in float too, as for <see cref="Dataset.RequireSingle"/>.</param>
internal sealed class CheckedRows(RowSource source, Loss? loss = null, bool inFloat = false) : IDisposable
{
    private RowReader? reader = source.Open() ?? throw new SteepestException($"Source '{source.Name}' opened no reader, expected one that gives its rows.");
    private long read;

    /// <summary>Makes sure that the source says what it has: features, rows, and either classes or targets.</summary>
    public static void CheckShape(RowSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.FeatureCount < 1)
            throw new SteepestException($"Source '{source.Name}' has {source.FeatureCount} features, expected at least one.");
        if (source.Rows < 1)
            throw new SteepestException($"Source '{source.Name}' has {source.Rows} rows, expected at least one.");
        if (source.Classes < 0 || source.TargetCount < 0 || (source.Classes > 0) == (source.TargetCount > 0))
        {
            throw new SteepestException(
                $"Source '{source.Name}' has {source.Classes} classes and {source.TargetCount} targets, expected one or more of either and none of the other.");
        }
    }

    /// <summary>The next row, or false after the last.</summary>
    public bool Read(Row row)
    {
        if (reader is null)
            return false;
        row.Weight = 1;
        if (!reader.Read(row))
        {
            Dispose();
            return read == source.Rows ? false : throw Says($"ended after {Text.Count(read, "row")}, expected {Text.Of(source.Rows)}");
        }

        if (read == source.Rows)
            throw Says($"goes on after {Text.Count(read, "row")}, expected the end");
        read++;
        Check(row);
        return true;
    }

    public void Dispose()
    {
        reader?.Dispose();
        reader = null;
    }

    private void Check(Row row)
    {
        CheckFinite("feature", row.Features);
        CheckFinite("target", row.Targets);
        if (!source.IsClassification && loss?.Problem(row.Targets) is { } problem)
            throw At($"{problem} for {loss}");
        if (source.IsClassification && (uint)row.Label >= (uint)source.Classes)
            throw At($"found label {row.Label}, expected one from 0 to {source.Classes - 1}");
        if (!(row.Weight >= 0 && double.IsFinite(row.Weight)))
            throw At($"found weight {Text.Of(row.Weight)}, expected a finite number of at least 0");
        if (!inFloat)
            return;
        CheckInFloat("feature", row.Features);
        CheckInFloat("target", row.Targets);
        if (SinglePrecision.ProblemOfWeight(row.Weight) is { } ofWeight)
            throw At(ofWeight);
    }

    private void CheckFinite(string kind, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw At($"found {Text.Of(values[i])}, expected a finite number", $", {kind} {i + 1}");
        }
    }

    private void CheckInFloat(string kind, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (SinglePrecision.Problem(values[i]) is { } problem)
                throw At(problem, $", {kind} {i + 1}");
        }
    }

    private SteepestException At(string what, string column = "") => new($"Source '{source.Name}', row {read}{column}: {what}.");

    private SteepestException Says(string what) => new($"Source '{source.Name}' {what}.");
}
