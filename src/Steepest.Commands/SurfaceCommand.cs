using System.CommandLine;
using Spectre.Console;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary><c>steepest surface</c>: walks optimizers over a test function and draws their paths.</summary>
internal static class SurfaceCommand
{
    private const string Description =
        "Draw the paths of optimizers over a test function of two numbers. Without --optimizer gradient descent, momentum and Adam walk, each at the best of seven learning rates.";

    public static Command Create(CommandHost host)
    {
        var function = new Argument<string?>("function")
        {
            Description = $"One of {string.Join(", ", TestFunction.All.Select(f => f.Name))}.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "function",
        };
        var optimizer = Option<string[]>("--optimizer", "name[,key=value…]", "Who walks, such as adam or sgd,momentum=0.9,learning-rate=0.001/0.003: a path for each learning rate, or without one the best of 0.001, 0.003, … 1. Repeat for more.");
        var steps = Option<string?>("--steps", "number", "Steps of each path. Without it 500.");
        var start = Option<string?>("--start", "x,y", "Where each path begins. Without it the function's usual start.");
        var noise = Option<string?>("--noise", "number", "The standard deviation of normal noise on every number of the gradient. Without it 0.");
        var seed = Option<string?>("--seed", "number", "Decides the noise: 0 to 4294967295. Without it 42.");
        var precision = Option<string?>("--precision", "name", "double or float. Without it double.");
        var output = Option<string?>("--out", "folder", "Where picture, places and numbers are kept. Without it steepest-<function>-<n>, the next free n.");
        var force = Option<bool>("--force", null, "Replace results that are already in --out.");
        var format = Option<string?>("--format", "name", "table, or json for one JSON document and nothing else on standard output. Without it table.");
        var verb = new Verb(
            "surface",
            Description,
            "steepest surface rosenbrock",
            "steepest surface valley --optimizer sgd,learning-rate=0.003/0.01/0.02 --steps 100",
            "steepest surface beale --optimizer adam --optimizer lion --start 1,1.5 --noise 0.1",
            "steepest surface reddi --optimizer adam,beta2=0.9,learning-rate=0.01 --optimizer amsgrad,beta2=0.9,learning-rate=0.01 --steps 2000")
        {
            function, optimizer, steps, start, noise, seed, precision, output, force, format,
        };
        verb.SetAction(parsed =>
        {
            var asJson = Values.Choice("The --format", parsed.GetValue(format) ?? "table", ("table", false), ("json", true));
            var named = parsed.GetValue(optimizer) ?? [];
            var where = Function(parsed.GetValue(function));
            var plan = new SurfacePlan(
                where,
                named.Length > 0 ? [.. named.SelectMany(text => OptimizerGrammar.Parse(host.Optimizers, text))] : RacePlanner.ArticleEntrants(1e-8),
                parsed.GetValue(steps) is { } count ? Values.Count("The --steps", count) : 500)
            {
                Start = parsed.GetValue(start) is { } place ? Place(where, place) : null,
                Noise = parsed.GetValue(noise) is { } deviation ? Noise(deviation) : 0,
                Seed = parsed.GetValue(seed) is { } number ? Values.Seed("The --seed", number) : 42,
                Precision = parsed.GetValue(precision) is { } bits ? Values.Choice("The --precision", bits, ("double", Precision.Double), ("float", Precision.Float)) : Precision.Double,
            };
            var folder = ResultFolder.Prepare(host, where.Name, parsed.GetValue(output), parsed.GetValue(force), SurfaceFiles.Names.Contains);
            var paths = Surface.Walk(plan);
            var (kept, isAsked) = folder.Publish(SurfaceFiles.Render(plan, paths));
            if (asJson) SurfaceFiles.WriteJson(plan, paths, host.Output);
            else Show(host, plan, paths, kept);
            if (!isAsked) host.Error.WriteLine($"The results are in {Path.GetRelativePath(host.Folder, kept)}, for '{parsed.GetValue(output)}' was filled meanwhile.");
            return ExitCode.Done;
        });
        return verb;
    }

    private static TestFunction Function(string? name) => name is null
        ? throw new SteepestException($"No function is named; name one of {string.Join(", ", TestFunction.All.Select(f => f.Name))}.")
        : TestFunction.Find(name);

    private static ValueList<double> Place(TestFunction function, string text)
    {
        double[] place = [.. text.Split(',').Select(part => Values.Number("A number of --start", part.Trim()))];
        var isPlace = place.Length == function.Dimensions && place.All(double.IsFinite);
        return isPlace ? [.. place] : throw new SteepestException(
            $"The --start is '{text}', but {function.Name} takes {(function.Dimensions == 1 ? "a finite number" : "two finite numbers, such as 0.5,1")}.");
    }

    private static double Noise(string text)
    {
        var noise = Values.Number("The --noise", text);
        return Interval.NotNegative.Contains(noise) ? noise : throw new SteepestException($"The --noise is '{text}', but it must lie in {Interval.NotNegative}.");
    }

    private static void Show(CommandHost host, SurfacePlan plan, IReadOnlyList<SurfacePath> paths, string folder)
    {
        var console = Tables.Console(host);
        console.WriteLine();
        console.Write(new Text($"{SurfaceVerdict.Of(plan, paths)}\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(new Text($"{SurfaceVerdict.Setting(plan)}\n"));
        var table = Tables.New("optimizer", "learning\nrate", "gradients", "last\nvalue", "distance to\na minimum", $"within {Words.Number(SurfacePath.Near)}\nfrom step");
        foreach (var column in table.Columns.Skip(1)) column.Alignment(Justify.Right);
        foreach (var path in paths)
        {
            table.AddRow(Tables.Cells(
                path.Contender.Title,
                path.HasSchedule ? "schedule " : Words.Number(path.LearningRate) + (path.RatesTried > 1 ? "*" : " "),
                Words.Count(path.Path.GradientEvaluations),
                path.DivergedAt is { } step ? $"diverged at step {Words.Count(step)}" : Words.Short(path.LastValue),
                path.DivergedAt is null ? Words.Short(path.Path.Distance) : "–",
                path.ArrivedAt is { } arrived ? Words.Count(arrived) : "–"));
        }

        console.Write(table);
        if (paths.FirstOrDefault(path => path.RatesTried > 1) is { } chosen)
            console.Write(new Text($"* the best of {Words.Count(chosen.RatesTried)} learning rates: the first to arrive and stay, else the one that ends nearest.\n"));
        console.WriteLine();
        host.Output.WriteLine($"Picture, places and numbers are in {Path.GetRelativePath(host.Folder, folder)}{Path.DirectorySeparatorChar}");
    }

    private static Option<T> Option<T>(string name, string? value, string description) => new(name) { Description = description, HelpName = value };
}
