using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>What a step of every optimizer takes, beside a loop over the same arrays that reads and writes what the step must.</summary>
internal static class StepsReport
{
    private const double MostForElementwise = 1.3;

    /// <summary>Those whose step is more than one pass, and what else it does.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["lars"] = "the norms of weights and gradient come first: a pass over both",
        ["lamb"] = "the norm of all gradients, then the moments, the norms of weights and step, and the step: four passes",
        ["adafactor"] = "means of rows and columns, the step and its norm, and the step: three passes",
        ["muon"] = "fifteen products of 1000 × 1000 matrices for each matrix of weights",
        ["soap"] = "products into the eigenbasis and back for each matrix of weights, and every tenth step a QR decomposition for each of its sides",
        ["prodigy"] = "a product with the way so far, three averages, the sum of one of them, and the step: four passes",
        ["l-bfgs"] = "a pass for each pair of its history there and back; with a fixed step, since a line search costs gradients",
        ["lookahead(adam)"] = "every fifth step a pass over weights and slow weights",
        ["sam(adam)"] = "the gradient's norm and a look nearby: two passes, and a second gradient, which is not counted here",
    };

    private static IEnumerable<Optimizer> All =>
    [
        .. Optimizers.All.Select(about => about.Name == LBfgs.About.Name ? new LBfgs(1e-4, FixedStep: true) : about.With(1e-4, new Dictionary<string, double>())),
        new Sgd(1e-4, 0.9), new Sgd(1e-4, 0.9, Nesterov: true), new RmsProp(1e-4, Momentum: 0.9, Centered: true), new Adam(1e-4, WeightDecay: 0.01), new AdamW(1e-4, AmsGrad: true),
        new Lookahead(new Adam(1e-4)), new Sam(new Adam(1e-4)),
    ];

    public static int Write(bool quick)
    {
        var effort = quick ? Effort.Quick : new Effort(WarmUp: 0.1, Round: 0.03, Rounds: 9);
        int[] millions = quick ? [1] : [1, 10];
        var table = new Table(["optimizer", "numbers of state", .. millions.SelectMany(m => (string[])[$"{m} M, ms", "over the loop"]), "what else it does"]);
        var slowest = ("", 0.0);
        foreach (var optimizer in All)
        {
            var cells = new List<string>();
            var states = "";
            foreach (var m in millions)
            {
                var step = new RepeatedStep(optimizer, matrices: m);
                states = Figures.Of((double)step.StateNumbers / step.Parameters);
                var times = Contest.Run([step.Step(optimizer.ToString(), optimizer is Soap soap ? soap.PreconditionFrequency : 1), step.Loop("the loop")], For(optimizer, effort));
                var ratio = times[0].Over(times[1]);
                cells.AddRange([Figures.Spread(times[0].Scaled(1e3)), Figures.Spread(ratio)]);
                if (IsElementwise(optimizer) && m == millions[^1] && ratio.Median > slowest.Item2) slowest = (optimizer.ToString(), ratio.Median);
            }

            table.Add([optimizer.ToString(), states, .. cells, IsElementwise(optimizer) ? "" : Reasons.GetValueOrDefault(optimizer.Info.Name, "")]);
        }

        var text = new StringBuilder();
        text.AppendLine("# A step of every optimizer").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. One thread, float. `dotnet run -c Release --project bench/Steepest.Benchmarks -- steps`").AppendLine();
        text.AppendLine("The loop goes over the optimizer's own arrays: it reads the gradient, reads and writes parameters and state (at most four numbers of it), and adds.");
        text.AppendLine("Parameters are matrices of 1000 × 1000. Medians of rounds in turns; in brackets the least and the most.").AppendLine();
        text.Append(table).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Of the element-wise rules {slowest.Item1} takes longest beside its loop on {millions[^1]} M parameters: {Figures.Of(slowest.Item2)} times; at most {MostForElementwise} is the goal: {(slowest.Item2 <= MostForElementwise ? "reached" : "missed")}.");
        Results.Write("optimizer-steps.md", text.ToString(), effort);
        Results.Quote("steps", table, effort);
        return quick || slowest.Item2 <= MostForElementwise ? 0 : 1;
    }

    private static bool IsElementwise(Optimizer optimizer) => optimizer.Scope == OptimizerScope.Element && optimizer is not Lookahead;

    // A step of seconds is not repeated as often.
    private static Effort For(Optimizer optimizer, Effort effort) => effort.IsQuick || IsElementwise(optimizer) ? effort
        : optimizer is Muon or Soap ? new Effort(WarmUp: 0.05, Round: 0.05, Rounds: 2)
        : effort with { WarmUp = 0.05, Rounds = 5 };
}
