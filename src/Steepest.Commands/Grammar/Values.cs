using System.Globalization;
using Steepest.Compare;

namespace Steepest.Commands;

/// <summary>Reads the values of options; each error is one sentence that names the place, what was found and what was expected.</summary>
internal static class Values
{
    public static double Number(string place, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SteepestException($"{place} is '{text}', but a number was expected.");

    public static int Count(string place, string text, int least = 1)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least) return count;
        var isHuge = text.Length > 9 && text.All(char.IsAsciiDigit);
        throw new SteepestException(
            $"{place} is '{text}', but a whole number {(isHuge ? $"from {least} to {int.MaxValue}" : $"of at least {least}")} was expected.");
    }

    public static uint Seed(string place, string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new SteepestException($"{place} is '{text}', but a whole number from 0 to {uint.MaxValue} was expected.");

    public static T Choice<T>(string place, string text, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        var names = new List<string>();
        foreach (var (name, value) in choices)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
            names.Add(name);
        }

        throw new SteepestException($"{place} is '{text}', but {(names.Count == 2 ? string.Join(" or ", names) : $"one of {string.Join(", ", names)}")} was expected.");
    }

    /// <summary>Layers as in <c>64,32</c>; <c>none</c> for no hidden layer.</summary>
    public static ValueList<int> Hidden(string text) => text.Equals("none", StringComparison.OrdinalIgnoreCase)
        ? []
        : [.. text.Split(',').Select(part => Count("A layer of --hidden", part.Trim()))];

    public static Activation Activation(string text)
    {
        const string Place = "The --activation";
        var call = Call.Parse(Place, text);
        switch (call.Name.ToLowerInvariant())
        {
            case "leaky-relu":
                return Steepest.Activation.LeakyRelu(call.Numbers(Place, ("slope", 0.01))[0]);
            case "elu":
                return Steepest.Activation.Elu(call.Numbers(Place, ("alpha", 1))[0]);
            case "softplus":
                return Steepest.Activation.Softplus(call.Numbers(Place, ("beta", 1))[0]);
            default:
                var activation = Steepest.Activation.Find(call.Name);
                call.Numbers(Place);
                return activation;
        }
    }

    public static Initializer Initializer(string text)
    {
        const string Place = "The --initializer";
        var call = Call.Parse(Place, text);
        switch (call.Name.ToLowerInvariant())
        {
            case "uniform":
                var bounds = call.Numbers(Place, ("low", 0), ("high", 1));
                return Steepest.Initializer.Uniform(bounds[0], bounds[1]);
            case "normal":
                var moments = call.Numbers(Place, ("mean", 0), ("standard-deviation", 1));
                return Steepest.Initializer.Normal(moments[0], moments[1]);
            case "orthogonal":
                return Steepest.Initializer.Orthogonal(call.Numbers(Place, ("gain", 1))[0]);
            default:
                var initializer = Steepest.Initializer.Find(call.Name);
                call.Numbers(Place);
                return initializer;
        }
    }

    /// <summary>A target: <c>0.1145</c> for a loss, <c>accuracy=0.95</c> for a share of training rows.</summary>
    public static Target Target(string text)
    {
        var (metric, value) = text.Split('=', 2) is [var name, var rest]
            ? (Choice("The metric of --reach", name.Trim(), ("loss", TargetMetric.Loss), ("accuracy", TargetMetric.Accuracy)), rest.Trim())
            : (TargetMetric.Loss, text);
        var number = Number(metric == TargetMetric.Loss ? "The --reach" : "The accuracy of --reach", value);
        var inRange = metric == TargetMetric.Loss ? double.IsFinite(number) && number > 0 : number is > 0 and <= 1;
        return inRange
            ? new Target(metric, number)
            : throw new SteepestException(
                $"The --reach is '{text}', but {(metric == TargetMetric.Loss ? "a loss must be finite and above 0" : "an accuracy must be above 0 and at most 1")}.");
    }
}
