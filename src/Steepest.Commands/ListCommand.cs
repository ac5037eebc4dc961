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
        var command = new Command("list", "List the bundled data sets or the optimizers.")
        {
            Verb("data", "The bundled data sets: name, rows, features, classes and source.", host, ShowData, DataJson),
            Verb("optimizers", "The optimizers: name, paper, settings with their defaults and ranges.", host, ShowOptimizers, OptimizersJson),
        };
        return command;
    }

    private static Command Verb(string name, string description, CommandHost host, Action<CommandHost> show, Func<CommandHost, object> json)
    {
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table", HelpName = "format" };
        var verb = new Command(name, description) { format };
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
        foreach (var data in Datasets.All)
        {
            table.AddRow(Tables.Cells(data.Name, Words.Count(data.Rows), Words.Count(data.FeatureCount), Words.Count(data.Classes), data.Description));
        }

        Tables.Show(host, table);
        foreach (var data in Datasets.All) host.Output.WriteLine($"  {data.Name}: {data.Source}; {data.Licence}");
    }

    private static object DataJson(CommandHost host) => Datasets.All.Select(data =>
        new { data.Name, data.Rows, Features = data.FeatureCount, data.Classes, data.Description, data.Source, data.Licence });

    private static void ShowOptimizers(CommandHost host)
    {
        var table = Tables.New("name", "source", "state per parameter", "setting", "default", "range", "meaning");
        foreach (var optimizer in host.Optimizers)
        {
            var first = true;
            foreach (var setting in optimizer.Settings)
            {
                string[] head = first ? [optimizer.Name, optimizer.Source, Words.Count(optimizer.StatePerParameter)] : ["", "", ""];
                table.AddRow(Tables.Cells(
                    [.. head, setting.Name, setting.IsSwitch ? (setting.Default == 0 ? "off" : "on") : Words.Number(setting.Default),
                    setting.IsSwitch ? "on or off" : setting.Range.ToString(), setting.Meaning]));
                first = false;
            }
        }

        Tables.Show(host, table);
    }

    private static object OptimizersJson(CommandHost host) => host.Optimizers.Select(optimizer => new
    {
        optimizer.Name,
        optimizer.Title,
        optimizer.Source,
        optimizer.StatePerParameter,
        Settings = optimizer.Settings.Select(s => new { s.Name, s.Default, Range = s.IsSwitch ? "on or off" : s.Range.ToString(), s.Meaning }),
    });
}
