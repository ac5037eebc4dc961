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
        return new Verb("list", "List the bundled data sets or the optimizers.")
        {
            Listing("data", "The bundled data sets: name, rows, features, classes and source.", host, ShowData, DataJson),
            Listing("optimizers", "The optimizers: name, paper, settings with their defaults and ranges.", host, ShowOptimizers, OptimizersJson),
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
            var settings = new Grid();
            settings.AddColumn(new GridColumn { Width = nameWidth + 2, NoWrap = true, Padding = new Padding(2, 0, 1, 0) });
            settings.AddColumn(new GridColumn { Width = 6, NoWrap = true });
            settings.AddColumn(new GridColumn { Width = 9, NoWrap = true });
            settings.AddColumn(new GridColumn());
            foreach (var setting in optimizer.Settings)
            {
                settings.AddRow(
                [
                    .. Tables.Cells(
                        setting.Name,
                        setting.IsSwitch ? (setting.Default == 0 ? "off" : "on") : Words.Number(setting.Default),
                        setting.IsSwitch ? "on or off" : setting.Range.ToString(),
                        setting.Meaning),
                ]);
            }

            console.Write(settings);
        }
    }

    private static string StateOf(OptimizerInfo optimizer) => optimizer.StatePerParameter switch
    {
        0 => optimizer.Settings.Count > 1 ? "keeps no state by default" : "keeps no state",
        1 => "keeps a number for each parameter",
        var count => $"keeps {Words.Count(count)} numbers for each parameter",
    };

    private static object OptimizersJson(CommandHost host) => host.Optimizers.Select(optimizer => new
    {
        optimizer.Name,
        optimizer.Title,
        optimizer.Source,
        optimizer.StatePerParameter,
        Settings = optimizer.Settings.Select(s => new { s.Name, s.Default, Range = s.IsSwitch ? "on or off" : s.Range.ToString(), s.Meaning }),
    });
}
