using System.Globalization;
using Sylvan.Data.Csv;

namespace Steepest;

/// <summary>
/// Reads curves from anywhere: a CSV file with a header and a row for each evaluation. Columns are found by their names, in any order and case:
/// <c>contender</c>, <c>repeat</c>, <c>step</c> and <c>metric</c>, and if they are there <c>try</c>, <c>setting</c>, <c>role</c>, <c>seconds</c> and
/// <c>task</c>; others are ignored. The delimiter is found from the header. Rows may come in any order.
/// </summary>
public static class CurveCsv
{
    private const long LargestStep = 1L << 53;

    private static readonly string[] Roles = ["", "try", "confirmation", "final", "as-set"];

    /// <summary>Reads all runs of a file, in the order of their first rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metric">The name of the column that holds the metric where there is none called <c>metric</c>, such as <c>loss</c>.</param>
    /// <exception cref="SteepestException">
    /// There is no such file, a column is missing, a row has another number of fields than the header, a field is not what its column holds, an
    /// evaluation is there twice, or there is no row.
    /// </exception>
    public static IReadOnlyList<LoggedRun> Read(string path, string metric)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var text = Open(path);
        try
        {
            if (text.Peek() < 0) throw new InvalidDataException();
            // The same comparison as below: a second column of one name is found by nobody.
            using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { HeaderComparer = StringComparer.OrdinalIgnoreCase, MaxBufferSize = 1 << 24 });
            return new Rows(path, csv, metric).ReadAll();
        }
        catch (CsvFormatException e)
        {
            throw new SteepestException($"'{path}', row {Text.Of(e.RowNumber + 1L)}: the quotes or the length of a field cannot be made sense of, expected CSV.", e);
        }
        catch (Exception e) when (e is InvalidDataException or CsvMissingHeadersException)
        {
            throw new SteepestException($"'{path}': found no header, expected the columns contender, repeat, step and metric.", e);
        }
        catch (IOException e)
        {
            throw new SteepestException($"'{path}': the file cannot be read, expected a CSV file that can be.", e);
        }
    }

    private static StreamReader Open(string path)
    {
        if (Directory.Exists(path)) throw new SteepestException($"'{path}' is a folder, expected a CSV file.");
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SteepestException($"'{path}': there is no such file, expected a CSV file.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new SteepestException($"'{path}': the file cannot be opened, expected a CSV file that can be read.", e);
        }
    }

    private sealed class Rows
    {
        private readonly string path;
        private readonly CsvDataReader csv;
        private readonly int contender, repeat, step, value, task, attempt, setting, role, seconds;
        private readonly Dictionary<(string, string, string, string, string, string), Run> runs = [];

        public Rows(string path, CsvDataReader csv, string metric)
        {
            (this.path, this.csv) = (path, csv);
            var names = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToList();
            (contender, repeat, step) = (Needed("contender"), Needed("repeat"), Needed("step"));
            value = Find("metric") is var usual and >= 0 ? usual : Find(metric);
            if (value < 0) throw Missing($"metric{(metric == "metric" ? "" : $"' or '{metric}")}");
            (task, attempt, setting, role, seconds) = (Find("task"), Find("try"), Find("setting"), Find("role"), Find("seconds"));

            int Find(string name) => names.FindIndex(one => one.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
            int Needed(string name) => Find(name) is var at and >= 0 ? at : throw Missing(name);
            SteepestException Missing(string name) => new($"'{path}': found the columns {string.Join(", ", names)}, but no '{name}'.");
        }

        public IReadOnlyList<LoggedRun> ReadAll()
        {
            while (csv.Read()) Add();
            return runs.Count > 0 ? [.. runs.Values.Select(run => run.Finish(path))] : throw new SteepestException($"'{path}': found a header and no row, expected one for each evaluation.");
        }

        private void Add()
        {
            if (csv.RowFieldCount != csv.FieldCount)
                throw new SteepestException($"'{path}', row {Row}: found {csv.RowFieldCount} fields, expected {csv.FieldCount} as in the header.");
            var key = (Optional(task), Name(contender), Name(repeat), Optional(attempt), Optional(setting), Role());
            if (!runs.TryGetValue(key, out var run)) runs.Add(key, run = new Run(key));
            run.Add(csv.RowNumber + 1, Step(), Number(value, mayBeEmpty: false), seconds < 0 ? double.NaN : Number(seconds, mayBeEmpty: true));
        }

        private string Row => Text.Of(csv.RowNumber + 1L);

        private string Optional(int column) => column < 0 ? "" : csv.GetString(column).Trim();

        private string Name(int column) => Optional(column) is { Length: > 0 } name ? name : throw Bad(column, "a name or a number");

        private string Role() => Roles.FirstOrDefault(one => one.Equals(Optional(role), StringComparison.OrdinalIgnoreCase)) ?? throw Bad(role, "try, confirmation, final, as-set or nothing");

        private long Step() =>
            double.TryParse(csv.GetString(step), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= LargestStep && number == Math.Floor(number)
                ? (long)number
                : throw Bad(step, "a whole number of at least 0");

        private double Number(int column, bool mayBeEmpty)
        {
            var text = csv.GetString(column).Trim();
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
            return text.ToUpperInvariant() switch
            {
                "NAN" or "-NAN" => double.NaN,
                "INF" or "+INF" => double.PositiveInfinity,
                "-INF" => double.NegativeInfinity,
                "" when mayBeEmpty => double.NaN,
                _ => throw Bad(column, "a number"),
            };
        }

        private SteepestException Bad(int column, string expected) =>
            new($"'{path}', row {Row}, column '{csv.GetName(column)}': found '{csv.GetString(column)}', expected {expected}.");
    }

    private sealed class Run((string Task, string Contender, string Repeat, string Try, string Setting, string Role) key)
    {
        private readonly List<(long Step, int Row, double Metric, double Seconds)> points = [];

        public void Add(int row, long step, double metric, double seconds) => points.Add((step, row, metric, seconds));

        public LoggedRun Finish(string path)
        {
            points.Sort();
            for (var i = 1; i < points.Count; i++)
            {
                if (points[i].Step != points[i - 1].Step) continue;
                (string Name, string Value)[] parts = [("task", key.Task), ("contender", key.Contender), ("repeat", key.Repeat), ("try", key.Try), ("setting", key.Setting), ("role", key.Role)];
                var of = string.Join(", ", parts.Where(part => part.Value.Length > 0).Select(part => $"{part.Name} {part.Value}"));
                throw new SteepestException($"'{path}', row {Text.Of(points[i].Row)}: found step {Text.Of(points[i].Step)} of {of} a second time, first in row {Text.Of(points[i - 1].Row)}.");
            }

            double[] seconds = [.. points.Select(point => point.Seconds)];
            return new LoggedRun(
                key.Task, key.Contender, key.Repeat, key.Try, key.Setting, [.. points.Select(point => point.Step)], [.. points.Select(point => point.Metric)],
                seconds.All(double.IsNaN) ? [] : seconds)
            { Role = key.Role };
        }
    }
}
