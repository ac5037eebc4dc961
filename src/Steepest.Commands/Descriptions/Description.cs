using System.Globalization;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>What is described.</summary>
internal enum DescribedKind
{
    Optimizer,
    Wrapper,
    Schedule,
    TestFunction,
}

/// <summary>
/// All there is to say of an optimizer, a wrapper, a schedule or a test function: from its documentation comment, which the gallery's pages are made of too,
/// and from what it says of itself.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in kebab-case.</param>
/// <param name="Title">Its name in a sentence.</param>
/// <param name="Type">Its type.</param>
/// <param name="Comment">Its documentation comment.</param>
internal sealed record Description(DescribedKind Kind, string Name, string Title, Type Type, Comment Comment)
{
    private const int BytesOfFloat = 4, FirstYear = 1600, LastYear = 2099;

    /// <summary>What it is, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Authors and years of where it comes from, such as "Kingma &amp; Ba 2015".</summary>
    public string Paper { get; init; } = string.Empty;

    /// <summary>Its equations, one a line.</summary>
    public IReadOnlyList<string> Equations { get; init; } = [];

    /// <summary>Numbers of state for each parameter, with its default settings; <see langword="null"/> where it is no optimizer.</summary>
    public int? StatePerParameter { get; init; }

    /// <summary>Its settings.</summary>
    public IReadOnlyList<SettingRow> Settings { get; init; } = [];

    /// <summary>What is worth knowing beside all this.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The year of its first source, as far as it has one.</summary>
    public int? Year => YearOf(Paper) ?? YearOf(Summary);

    /// <summary>The same as <see cref="StatePerParameter"/> in bytes where parameters are floats.</summary>
    public int? BytesPerParameter => StatePerParameter * BytesOfFloat;

    /// <summary>State that is not laid out like the parameters, in words; empty where there is none.</summary>
    public string OtherState { get; init; } = string.Empty;

    /// <summary>The state of a parameter in float in a few words, such as "8 bytes"; empty where there is none.</summary>
    public string StateInWords => string.Join(" and ", ((string[])[BytesPerParameter > 0 ? $"{BytesPerParameter} bytes" : string.Empty, OtherState]).Where(part => part.Length > 0));

    /// <summary>What it does, without its name and its source.</summary>
    public string Essence => Summary.Split("): ", 2) is [_, var essence] ? Words.Capital(essence) : Summary;

    /// <summary>The kind in a sentence.</summary>
    public string KindInWords => Kind == DescribedKind.TestFunction ? "test function" : Kind.ToString().ToLowerInvariant();

    /// <summary>Everything that can be described: optimizers, wrappers, schedules, test functions.</summary>
    /// <param name="optimizers">The optimizers there are.</param>
    public static IEnumerable<(string Name, Func<Description> Describe)> All(IReadOnlyList<OptimizerInfo> optimizers) =>
    [
        .. optimizers.Select(optimizer => (optimizer.Name, (Func<Description>)(() => Of(optimizer)))),
        .. Wrappers.All.Select(wrapper => (wrapper.Name, (Func<Description>)(() => Of(wrapper)))),
        .. Schedules.All.Select(schedule => (schedule.Name, (Func<Description>)(() => Of(schedule)))),
        .. TestFunction.All.Select(function => (function.Name, (Func<Description>)(() => Of(function)))),
    ];

    /// <summary>The description of what has that name.</summary>
    /// <param name="optimizers">The optimizers there are.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="SteepestException">Nothing has that name.</exception>
    public static Description Find(IReadOnlyList<OptimizerInfo> optimizers, string name)
    {
        var all = All(optimizers).ToArray();
        return all.FirstOrDefault(thing => thing.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Describe?.Invoke()
            ?? throw NearestName.Unknown("optimizer, wrapper, schedule or test function", name, all.Select(thing => thing.Name));
    }

    /// <summary>An optimizer. One without a documentation comment gets what it says of itself.</summary>
    /// <param name="optimizer">The optimizer.</param>
    public static Description Of(OptimizerInfo optimizer)
    {
        var type = optimizer.With(new Dictionary<string, double>()).GetType();
        return Commented(DescribedKind.Optimizer, optimizer.Name, optimizer.Title, type, $"{Words.Capital(optimizer.Title)} ({optimizer.Source}).") with
        {
            Paper = optimizer.Source,
            StatePerParameter = optimizer.StatePerParameter,
            OtherState = optimizer.OtherState,
            Settings = [.. optimizer.Settings.Select(SettingRow.Of)],
        };
    }

    /// <summary>A wrapper.</summary>
    /// <param name="wrapper">The wrapper.</param>
    public static Description Of(WrapperInfo wrapper)
    {
        var inner = new GradientDescent(1);
        var around = wrapper.Around(inner);
        var title = around.Title.Replace($" of {inner.Title}", string.Empty, StringComparison.Ordinal);
        return Commented(DescribedKind.Wrapper, wrapper.Name, title, around.With(new Dictionary<string, double>()).GetType(), $"{title}.") with
        {
            Paper = around.Source.Replace($"; {inner.Info.Source}", string.Empty, StringComparison.Ordinal),
            StatePerParameter = around.StatePerParameter,

            // The learning rate is the other's.
            Settings = [.. around.Settings.Skip(1).Select(SettingRow.Of)],
        };
    }

    /// <summary>A schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    public static Description Of(ScheduleInfo schedule)
    {
        var type = typeof(Schedule).Assembly.GetExportedTypes()
            .First(type => type.IsSubclassOf(typeof(Schedule)) && ReferenceEquals(type.GetProperty(nameof(StepDecay.About))?.GetValue(null), schedule));
        return Commented(DescribedKind.Schedule, schedule.Name, schedule.Name, type, schedule.Summary) with
        {
            Paper = schedule.Source,
            Settings = SettingRow.Of(schedule),
        };
    }

    /// <summary>A test function.</summary>
    /// <param name="function">The function.</param>
    public static Description Of(TestFunction function)
    {
        var described = Commented(DescribedKind.TestFunction, function.Name, function.Name, function.GetType(), function.Description);
        var (formula, hardness) = function.Description.Split(": ", 2) is [var before, var after] ? (before, after) : (function.Description, null);
        var (left, right, bottom, top) = function.View;
        return described with
        {
            Equations = [$"f({(function.Dimensions == 1 ? "x" : "x, y")}) = {formula}"],
            Notes =
            [
                .. hardness is null ? (string[])[] : [$"{Words.Capital(hardness)}."],
                .. described.Notes,
                $"Begins at {Place(function.Start)}; least at {Words.List([.. function.Minima.Select(Place)])}.",
                function.Dimensions == 1
                    ? $"Pictures show x from {Words.Number(left)} to {Words.Number(right)}."
                    : $"Pictures show x from {Words.Number(left)} to {Words.Number(right)} and y from {Words.Number(bottom)} to {Words.Number(top)}.",
            ],
        };
    }

    /// <summary>The first year that a text names.</summary>
    /// <param name="text">Authors and years.</param>
    public static int? YearOf(string text)
    {
        var number = 0;
        foreach (var letter in $"{text}.")
        {
            if (char.IsAsciiDigit(letter)) number = number > 9999 ? number : (10 * number) + (letter - '0');
            else if (number is >= FirstYear and <= LastYear) return number;
            else number = 0;
        }

        return null;
    }

    private static Description Commented(DescribedKind kind, string name, string title, Type type, string otherwise)
    {
        var comment = DocumentationFile.CommentOf(type);
        return new(kind, name, title, type, comment)
        {
            Summary = comment.Summary.Length > 0 ? comment.Summary : otherwise,
            Equations = comment.Equations,
            Notes = comment.Notes,
        };
    }

    private static string Place(ValueList<double> place) => $"({string.Join(", ", place.Select(x => x.ToString("0.####", CultureInfo.InvariantCulture)))})";
}
