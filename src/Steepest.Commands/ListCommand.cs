using System.CommandLine;
using Spectre.Console;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary><c>steepest list data|optimizers|wrappers|schedules|functions|tasks</c>: what there is to race, and on what.</summary>
internal static class ListCommand
{
    public static Command Create(CommandHost host)
    {
        return new Verb("list", "List the bundled data sets, the optimizers, their wrappers, the schedules, the test functions or the tasks.")
        {
            Listing("data", "The bundled data sets: name, rows, features, classes and source.", host, ShowData, DataJson),
            Listing("optimizers", "The optimizers: name, paper, bytes of state, settings with their defaults and ranges.", host, ShowOptimizers, OptimizersJson),
            Listing("wrappers", "What goes around another optimizer: name, paper, settings.", host, ShowWrappers, WrappersJson),
            Listing("schedules", "The schedules of a learning rate: name, source, settings with their defaults and ranges.", host, ShowSchedules, SchedulesJson),
            Listing("functions", "The test functions of one or two numbers: name and formula.", host, ShowFunctions, FunctionsJson),
            Listing("tasks", "The tasks of experiments and their suites: name, network, batches, budget and what it is for.", host, ShowTasks, TasksJson),
        };
    }

    private static Verb Listing(string name, string description, CommandHost host, Action<CommandHost> show, Func<CommandHost, object> json)
    {
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table", HelpName = "name" };
        var verb = new Verb(name, description, $"steepest list {name}", $"steepest list {name} --format json") { format };
        verb.SetAction(parsed =>
        {
            if (Values.Choice("The --format", parsed.GetValue(format)!, ("table", false), ("json", true))) Json.Write(host, json(host));
            else show(host);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void ShowData(CommandHost host)
    {
        var table = Tables.New("name", "rows", "features", "classes", "what");
        foreach (var column in table.Columns.Skip(1).Take(3)) column.Alignment(Justify.Right);
        table.Columns[^1].NoWrap = false;
        foreach (var data in TaskData.All)
        {
            table.AddRow(Tables.Cells(data.Name, Words.Count(data.Rows), Words.Count(data.FeatureCount), Words.Count(data.Classes), data.Description));
        }

        Tables.Show(host, table);
        var console = Tables.Console(host);
        foreach (var data in TaskData.All) console.Write(new Text($"{data.Name}: {data.Source}; {data.Licence}\n"));
    }

    private static object DataJson(CommandHost host) => TaskData.All.Select(data =>
        new { data.Name, data.Rows, Features = data.FeatureCount, data.Classes, data.Description, data.Source, data.Licence });

    private static void ShowOptimizers(CommandHost host)
    {
        ShowAll(host, [.. host.Optimizers.Select(Description.Of)], StateOf);
        var console = Tables.Console(host);
        console.Write(new Text($"Around any of them: {Words.List([.. Wrappers.All.Select(w => w.Name)])}, as in lookahead(sgd,momentum=0.9),k=5 or sam(adam),radius=0.05.\n"));
        console.Write(new Text("What one does, and what other libraries do otherwise: steepest describe adam.\n"));
    }

    private static object OptimizersJson(CommandHost host) => host.Optimizers.Select(Description.Of).Select(OptimizerJson);

    private static void ShowWrappers(CommandHost host)
    {
        ShowAll(host, [.. Wrappers.All.Select(Description.Of)], wrapper => DescriptionText.State(wrapper) is { } state ? $"state: {state}" : string.Empty);
        Tables.Console(host).Write(new Text("Write the other optimizer in brackets: lookahead(sgd,momentum=0.9),k=5 or sam(adam),radius=0.05.\n"));
    }

    private static object WrappersJson(CommandHost host) => Wrappers.All.Select(Description.Of).Select(OptimizerJson);

    private static void ShowSchedules(CommandHost host)
    {
        var console = Tables.Console(host);
        var rows = Schedules.All.SelectMany(SettingRow.Of).ToArray();
        foreach (var schedule in Schedules.All)
        {
            console.WriteLine();
            console.Write(new Text(schedule.Name, new Style(decoration: Decoration.Bold)));
            console.Write(new Text($"  {schedule.Summary} {schedule.Source}{(schedule.DrivesMomentum ? "; drives the momentum too" : "")}\n"));
            Tables.ShowSettings(console, SettingRow.Of(schedule), rows);
        }

        console.WriteLine();
        console.Write(new Text("Write one in the place of a learning rate: adam,learning-rate=warm-up(steps:10;then:cosine(from:0.1)).\n"));
    }

    private static object SchedulesJson(CommandHost host) => Schedules.All.Select(schedule => new
    {
        schedule.Name,
        schedule.Summary,
        schedule.Source,
        Year = Description.YearOf(schedule.Source),
        schedule.DrivesMomentum,
        schedule.ListSetting,
        schedule.InnerSetting,
        Settings = schedule.Settings.Select(setting => SettingRow.Of(setting).ToJson()),
    });

    private static void ShowFunctions(CommandHost host)
    {
        var console = Tables.Console(host);
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true });
        grid.AddColumn(new GridColumn());
        foreach (var function in TestFunction.All) grid.AddRow([.. Tables.Cells(function.Name, function.Description)]);
        console.Write(grid);
    }

    private static object FunctionsJson(CommandHost host) => TestFunction.All.Select(function =>
        new { function.Name, function.Description, function.Dimensions, function.Start, function.Minima });

    private static void ShowTasks(CommandHost host)
    {
        var console = Tables.Console(host);
        foreach (var (task, purpose) in TaskCatalog.All)
        {
            console.WriteLine();
            console.Write(new Text(task.Name, new Style(decoration: Decoration.Bold)));
            console.Write(new Text($"  {purpose}\n"));
            console.Write(new Text($"  {task.Summary}; {(task.Reach is { } reach ? $"to {reach}" : task.MetricName)}\n"));
        }

        console.WriteLine();
        foreach (var suite in TaskCatalog.Suites) console.Write(new Text($"{suite.Name}: {suite.Description} {Words.List([.. suite.Tasks.Select(task => task.Name)])}\n"));
    }

    private static object TasksJson(CommandHost host) => TaskCatalog.All.Select(one => new
    {
        one.Task.Name,
        one.Purpose,
        one.Task.Summary,
        one.Task.Epochs,
        Metric = one.Task.MetricName,
        one.Task.IsHigherBetter,
        one.Task.Target,
        Suites = TaskCatalog.Suites.Where(suite => suite.Tasks.Contains(one.Task)).Select(suite => suite.Name),
    });

    private static void ShowAll(CommandHost host, IReadOnlyList<Description> descriptions, Func<Description, string> state)
    {
        var console = Tables.Console(host);
        var rows = descriptions.SelectMany(description => description.Settings).ToArray();
        foreach (var description in descriptions)
        {
            console.WriteLine();
            console.Write(new Text(description.Name, new Style(decoration: Decoration.Bold)));
            console.Write(new Text($"  {description.Title}, {description.Paper}; {state(description)}\n"));
            Tables.ShowSettings(console, description.Settings, rows);
        }

        console.WriteLine();
    }

    private static string StateOf(Description optimizer) => optimizer switch
    {
        { StateInWords: "" } => optimizer.Settings.Count > 1 ? "no state by default" : "no state",
        { BytesPerParameter: > 0, OtherState: "" } => $"{optimizer.StateInWords} of state a parameter in float",
        _ => $"state: {optimizer.StateInWords}",
    };

    private static object OptimizerJson(Description optimizer) => new
    {
        optimizer.Name,
        optimizer.Title,
        Source = optimizer.Paper,
        optimizer.Year,
        optimizer.StatePerParameter,
        optimizer.BytesPerParameter,
        optimizer.OtherState,
        Settings = optimizer.Settings.Select(row => row.ToJson()),
    };
}
