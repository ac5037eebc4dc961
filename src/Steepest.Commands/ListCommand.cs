using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary><c>steepest list data|optimizers</c>: what there is to race, and on what.</summary>
internal static class ListCommand
{
    public static Command Create(CommandHost host)
    {
        return new Verb("list", "List the bundled data sets, the optimizers or the schedules.")
        {
            Listing("data", "The bundled data sets: name, rows, features, classes and source.", host, ShowData, DataJson),
            Listing("optimizers", "The optimizers: name, paper, settings with their defaults and ranges.", host, ShowOptimizers, OptimizersJson),
            Listing("schedules", "The schedules of a learning rate: name, source, settings with their defaults and ranges.", host, ShowSchedules, SchedulesJson),
        };
    }

    private static Verb Listing(string name, string description, CommandHost host, Action<CommandHost> show, Func<CommandHost, object> json)
    {
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table", HelpName = "name" };
        var verb = new Verb(name, description, $"steepest list {name}", $"steepest list {name} --format json") { format };
        verb.SetAction(parsed =>
        {
            if (Values.Choice("The --format", parsed.GetValue(format)!, ("table", false), ("json", true)))
            {
                host.Output.WriteLine(JsonSerializer.Serialize(json(host), JsonOptions));
            }
            else
            {
                show(host);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static void ShowData(CommandHost host)
    {
        var table = Tables.New("name", "rows", "features", "classes", "what");
        foreach (var column in table.Columns.Skip(1).Take(3)) column.Alignment(Justify.Right);
        table.Columns[^1].NoWrap = false;
        foreach (var data in Datasets.All)
        {
            table.AddRow(Tables.Cells(data.Name, Words.Count(data.Rows), Words.Count(data.FeatureCount), Words.Count(data.Classes), data.Description));
        }

        Tables.Show(host, table);
        var console = Tables.Console(host);
        foreach (var data in Datasets.All) console.Write(new Text($"{data.Name}: {data.Source}; {data.Licence}\n"));
    }

    private static object DataJson(CommandHost host) => Datasets.All.Select(data =>
        new { data.Name, data.Rows, Features = data.FeatureCount, data.Classes, data.Description, data.Source, data.Licence });

    private static void ShowOptimizers(CommandHost host)
    {
        var console = Tables.Console(host);
        var nameWidth = host.Optimizers.SelectMany(optimizer => optimizer.Settings).Max(setting => setting.Name.Length);
        foreach (var optimizer in host.Optimizers)
        {
            console.WriteLine();
            console.Write(new Text(optimizer.Name, new Style(decoration: Decoration.Bold)));
            console.Write(new Text($"  {optimizer.Title}, {optimizer.Source}; {StateOf(optimizer)}\n"));
            ShowSettings(console, nameWidth, optimizer.Settings);
        }

        console.WriteLine();
        console.Write(new Text($"Around any of them: {Words.List([.. Wrappers.All.Select(w => w.Name)])}, as in lookahead(sgd,momentum=0.9),k=5 or sam(adam),radius=0.05.\n"));
    }

    private static void ShowSchedules(CommandHost host)
    {
        var console = Tables.Console(host);
        var nameWidth = Schedules.All.SelectMany(schedule => schedule.SettingNames).Max(name => name.Length);
        foreach (var schedule in Schedules.All)
        {
            console.WriteLine();
            console.Write(new Text(schedule.Name, new Style(decoration: Decoration.Bold)));
            console.Write(new Text($"  {schedule.Summary} {schedule.Source}{(schedule.DrivesMomentum ? "; drives the momentum too" : "")}\n"));
            ShowSettings(console, nameWidth, schedule.Settings);
            if (schedule.ListSetting is { } list) console.Write(new Text($"  {list}: steps from 0, such as {list}:30/60\n"));
            if (schedule.InnerSetting is { } inner) console.Write(new Text($"  {inner}: another schedule, such as {inner}:cosine(from:0.1)\n"));
        }

        console.WriteLine();
        console.Write(new Text("Write one in the place of a learning rate: adam,learning-rate=warm-up(steps:10;then:cosine(from:0.1)).\n"));
    }

    private static void ShowSettings(IAnsiConsole console, int nameWidth, IEnumerable<Setting> settings)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { Width = nameWidth + 2, NoWrap = true, Padding = new Padding(2, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Width = 6, NoWrap = true });
        grid.AddColumn(new GridColumn { Width = 9, NoWrap = true });
        grid.AddColumn(new GridColumn());
        foreach (var setting in settings)
        {
            var given = setting.IsSwitch ? (setting.Default == 0 ? "off" : "on")
                : double.IsNaN(setting.Default) ? "–"
                : double.IsInfinity(setting.Default) ? "∞"
                : Words.Number(setting.Default);
            grid.AddRow([.. Tables.Cells(setting.Name, given, setting.IsSwitch ? "on or off" : setting.Range.ToString(), setting.Meaning)]);
        }

        if (settings.Any()) console.Write(grid);
    }

    private static object SchedulesJson(CommandHost host) => Schedules.All.Select(schedule => new
    {
        schedule.Name,
        schedule.Summary,
        schedule.Source,
        schedule.DrivesMomentum,
        schedule.ListSetting,
        schedule.InnerSetting,
        Settings = schedule.Settings.Select(s => new
        {
            s.Name,
            Default = double.IsNaN(s.Default) ? (double?)null : s.Default,
            Range = s.IsSwitch ? "on or off" : s.Range.ToString(),
            s.Meaning,
        }),
    });

    private static string StateOf(OptimizerInfo optimizer) => (optimizer.StatePerParameter, optimizer.OtherState) switch
    {
        (0, { Length: > 0 } other) => $"keeps {other}",
        (var count, { Length: > 0 } other) => $"keeps {Words.Count(count)} numbers for each parameter and {other}",
        (0, _) => optimizer.Settings.Count > 1 ? "keeps no state by default" : "keeps no state",
        (1, _) => "keeps a number for each parameter",
        (var count, _) => $"keeps {Words.Count(count)} numbers for each parameter",
    };

    private static object OptimizersJson(CommandHost host) => host.Optimizers.Select(optimizer => new
    {
        optimizer.Name,
        optimizer.Title,
        optimizer.Source,
        optimizer.StatePerParameter,
        Settings = optimizer.Settings.Select(s => new { s.Name, Default = double.IsFinite(s.Default) ? s.Default : (object)"infinity", Range = s.IsSwitch ? "on or off" : s.Range.ToString(), s.Meaning }),
    });
}
