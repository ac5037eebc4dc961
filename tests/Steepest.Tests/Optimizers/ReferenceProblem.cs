using System.Text.Json;

namespace Steepest.Tests;

/// <summary>A problem on which the reference optimizers were run: Rosenbrock's function, a quadratic, or gradients that are given.</summary>
internal sealed class ReferenceProblem(JsonElement problem) : IObjective<double>
{
    private int evaluations;

    /// <summary>Parameters at the problem's start.</summary>
    public Parameters<double> Start()
    {
        var tensors = problem.GetProperty("x0").EnumerateArray().ToArray();
        var parameters = new Parameters<double>(ParameterLayout.Of<double>(
            [.. tensors.Select((tensor, i) => ($"tensor{i}", ParameterRole.Weight, ShapeOf(tensor)))]));
        for (var i = 0; i < tensors.Length; i++)
            tensors[i].Flat().CopyTo(parameters[$"tensor{i}"]);
        return parameters;
    }

    /// <summary>The problem's loss, where it has one; given gradients have none.</summary>
    public double LossAt(Parameters<double> at)
    {
        var x = at["tensor0"];
        switch (problem.GetProperty("kind").GetString())
        {
            case "rosenbrock":
                double beside = x[1] - (x[0] * x[0]), aside = 1 - x[0];
                return (aside * aside) + (100 * beside * beside);
            case "quadratic":
                var (a, rhs) = (problem.GetProperty("A").Matrix(), problem.GetProperty("rhs").Vector());
                var loss = 0.0;
                for (var i = 0; i < rhs.Length; i++)
                {
                    var row = 0.0;
                    for (var j = 0; j < rhs.Length; j++)
                        row += a[i][j] * x[j];
                    loss += x[i] * ((0.5 * row) - rhs[i]);
                }

                return loss;
            default:
                return 0;
        }
    }

    public double Evaluate(Parameters<double> at, Parameters<double> gradient)
    {
        switch (problem.GetProperty("kind").GetString())
        {
            case "rosenbrock":
                Rosenbrock(at["tensor0"], gradient["tensor0"]);
                break;
            case "quadratic":
                Quadratic(at["tensor0"], gradient["tensor0"]);
                break;
            default:
                var given = problem.GetProperty("grads")[evaluations];
                for (var i = 0; i < given.GetArrayLength(); i++)
                    given[i].Flat().CopyTo(gradient[$"tensor{i}"]);
                break;
        }

        evaluations++;
        return LossAt(at);
    }

    /// <summary>All numbers in the order of the reference: tensor after tensor, without padding.</summary>
    public static double[] Concatenated(Parameters<double> parameters)
    {
        var all = new List<double>();
        foreach (var segment in parameters.Layout.Segments)
            all.AddRange(parameters[segment]);
        return [.. all];
    }

    private static ValueList<int> ShapeOf(JsonElement tensor) =>
        tensor[0].ValueKind == JsonValueKind.Array ? [tensor.GetArrayLength(), tensor[0].GetArrayLength()] : [tensor.GetArrayLength()];

    private static void Rosenbrock(ReadOnlySpan<double> at, Span<double> gradient)
    {
        double x = at[0], y = at[1], beside = y - (x * x);
        gradient[0] = (-2 * (1 - x)) - (400 * x * beside);
        gradient[1] = 200 * beside;
    }

    private void Quadratic(ReadOnlySpan<double> at, Span<double> gradient)
    {
        var a = problem.GetProperty("A").Matrix();
        var rhs = problem.GetProperty("rhs").Vector();
        for (var i = 0; i < rhs.Length; i++)
        {
            gradient[i] = -rhs[i];
            for (var j = 0; j < rhs.Length; j++)
                gradient[i] += a[i][j] * at[j];
        }
    }
}
