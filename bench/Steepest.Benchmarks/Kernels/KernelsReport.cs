using System.Globalization;
using System.Numerics;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>The kernels by themselves: products, optimizer steps, functions. One thread.</summary>
internal static class KernelsReport
{
    /// <summary>Inputs, outputs and rows of a dense layer.</summary>
    private static readonly (int Inputs, int Outputs, int Rows)[] Shapes =
        [(64, 64, 64), (64, 64, 128), (128, 128, 128), (256, 256, 256), (784, 1000, 128), (1000, 1000, 128), (4, 10, 112), (10, 3, 112)];

    public static int Write(bool quick)
    {
        var effort = quick ? Effort.Quick : new Effort(WarmUp: 0.1, Round: 0.02, Rounds: 9);
        var text = new StringBuilder();
        text.AppendLine("# Kernels").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. One thread. `dotnet run -c Release --project bench/Steepest.Benchmarks -- kernels`").AppendLine();
        text.AppendLine("Median of nine rounds in turns; in brackets the least and the most.").AppendLine();

        // The first contest of a process is also its warm-up.
        Contest.Run([FmaPeak<float>.Contender, FmaPeak<double>.Contender], quick ? effort : new Effort(0.5, 0.01, 1));
        AddProducts<float>(text, effort);
        AddProducts<double>(text, effort);
        AddSteps(text, effort);
        // These are compiled in tiers, so they need the whole warm-up.
        var longer = quick ? effort : effort with { WarmUp = 0.6 };
        AddFunctions<float>(text, longer);
        AddFunctions<double>(text, longer);
        Results.Write("kernels.md", text.ToString().TrimEnd() + "\n", effort);
        return 0;
    }

    private static void AddProducts<T>(StringBuilder text, Effort effort)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var table = new Table("inputs → outputs × rows", "product", "GFLOP/s", "of the peak", "OpenBLAS, GFLOP/s", "of OpenBLAS");
        var peaks = new List<double>();
        foreach (var (inputs, outputs, rows) in Shapes)
        {
            var products = new Products<T>(inputs, outputs, rows, Activation.Relu, Activation.Relu, threads: 1);
            var (m, n, k) = (outputs, rows, inputs);
            (string Name, Action Ours, Action Blas)[] kinds =
            [
                ("forward, bias, ReLU", products.Forward, () => OpenBlas.Multiply(m, n, k, ref products.Weight.First, false, ref products.Input.First, false, ref products.Output.First)),
                ("input gradient, ReLU′", products.BackToInput, () => OpenBlas.Multiply(k, n, m, ref products.Weight.First, true, ref products.OutputGradient.First, false, ref products.InputGradient.First)),
                ("weight gradient", products.BackToWeight, () => OpenBlas.Multiply(m, k, n, ref products.OutputGradient.First, false, ref products.Input.First, true, ref products.WeightGradient.First)),
            ];
            foreach (var (name, ours, blas) in kinds)
            {
                var contenders = new List<Contender> { FmaPeak<T>.Contender, Contender.Of("ours", ours) };
                if (OpenBlas.IsInstalled) contenders.Add(Contender.Of("OpenBLAS", blas));
                var times = Contest.Run(contenders, effort);
                var rates = times.Select((time, c) => time.Rate((c == 0 ? FmaPeak<T>.Operations : products.Operations) / 1e9)).ToArray();
                peaks.Add(rates[0].Median);
                table.Add(
                    $"{inputs} → {outputs} × {rows}", name, Figures.Spread(rates[1]), Figures.Share(rates[1].Over(rates[0]).Median),
                    OpenBlas.IsInstalled ? Figures.Spread(rates[2]) : "–", OpenBlas.IsInstalled ? Figures.Share(rates[1].Over(rates[2]).Median) : "–");
            }
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"## Products in {(typeof(T) == typeof(float) ? "float" : "double")}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Fused multiply-adds alone, the peak, run at {Figures.Of(new Times([.. peaks]).Median)} GFLOP/s. {OpenBlas.Description}").AppendLine();
        text.AppendLine("Our products include bias, activation or its derivative where the name says so; OpenBLAS's are the bare product.").AppendLine();
        text.Append(table).AppendLine();
        Results.Quote($"products in {(typeof(T) == typeof(float) ? "float" : "double")}", table, effort);
    }

    private static void AddSteps(StringBuilder text, Effort effort)
    {
        var c = CLoops.Load();
        var table = new Table("parameters", "what", "ms", "GB/s", "time over the C loop's");
        foreach (var count in (int[])[1_000_000, 10_000_000])
        {
            var step = new OptimizerStep(count, threads: 1);
            foreach (var (name, states, bytes) in (ReadOnlySpan<(string, int, int)>)[("Adam", 2, 28), ("gradient descent", 0, 12)])
            {
                var contenders = new List<(Contender Contender, double Bytes)>
                {
                    (Contender.Of($"{name}, Steepest", states == 2 ? step.Adam : step.GradientDescent), bytes),
                    (Contender.Of("the same reads and writes, no arithmetic", () => step.Stream(states)), bytes),
                    (Contender.Of("copy of one array to another", step.Copy), 8),
                };
                if (c is not null) contenders.Add((Contender.Of($"{name}, a loop in C", states == 2 ? () => step.Adam(c) : () => step.GradientDescent(c)), bytes));
                var times = Contest.Run([.. contenders.Select(contender => contender.Contender)], effort with { Round = Math.Max(effort.Round, effort.IsQuick ? 0 : 0.05) });
                for (var i = 0; i < times.Length; i++)
                {
                    table.Add(
                        count.ToString("N0", CultureInfo.InvariantCulture), contenders[i].Contender.Name, Figures.Spread(times[i].Scaled(1e3)),
                        Figures.Of(times[i].Rate(contenders[i].Bytes * count / 1e9).Median), c is null ? "–" : Figures.Of(times[i].Over(times[^1]).Median));
                }
            }
        }

        text.AppendLine("## Optimizer steps in float").AppendLine();
        text.AppendLine(c is null ? "There is no C compiler here, so nothing is measured beside a C loop." : $"The C loop: bench/peers/adam.c by {c.Description}.");
        Results.Quote("optimizer steps", table, effort);
        text.AppendLine("Adam reads four arrays and writes three, gradient descent reads two and writes one.").AppendLine();
        text.Append(table).AppendLine();
    }

    private static void AddFunctions<T>(StringBuilder text, Effort effort)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var table = new Table("function", "ns a number", "the runtime's own, one by one");
        var functions = new Functions<T>();
        foreach (var (name, ours, plain) in functions.All)
        {
            var times = Contest.Run([Contender.Of(name, ours), Contender.Of("plain", plain)], effort);
            var perNumber = times.Select(time => Figures.Spread(time.Scaled(1e9 / Functions<T>.Count))).ToArray();
            table.Add(name, perNumber[0], perNumber[1]);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"## Functions in {(typeof(T) == typeof(float) ? "float" : "double")}").AppendLine();
        text.Append(table).AppendLine();
    }
}
