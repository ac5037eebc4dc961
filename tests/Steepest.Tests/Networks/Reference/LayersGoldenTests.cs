using System.Text.Json;
using static Steepest.Tests.Networks.Reference.LayersGolden;

namespace Steepest.Tests.Networks.Reference;

/// <summary>Whole networks with every activation and every loss against PyTorch's values and gradients.</summary>
public sealed class LayersGoldenTests
{
    private static readonly Dictionary<string, JsonElement> Cases = Root.GetProperty("cases").EnumerateArray()
        .Where(c => !LeftOut.Contains(c.GetProperty("activation").GetString()))
        .ToDictionary(NameOf, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void All_forty_six_networks_of_the_reference_are_compared_but_those_of_activations_left_out()
    {
        var all = Root.GetProperty("cases").GetArrayLength();
        Assert.Equal((56, 46), (all, Cases.Count));
        Assert.Equal(all - Cases.Count, 2 * LeftOut.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_loss_and_gradients_are_those_of_the_reference(string name)
    {
        var expected = Cases[name];
        var parts = PartsOf(expected);

        AssertAgrees("output", expected.GetProperty("output"), Interleaved([.. parts.Select(part => part.Seen.Logits())]));
        AssertAgrees("loss", expected.GetProperty("loss_value"), Sum(part => [part.Seen.Loss]));
        AssertAgrees("gradient by features", expected.GetProperty("grad_x"), Sum(part => part.Seen.ByFeatures()));
        var weights = expected.GetProperty("grad_W");
        for (var layer = 1; layer <= weights.GetArrayLength(); layer++)
        {
            CompareSegment(layer, "weight", weights[layer - 1]);
            if (HasBias(expected)) CompareSegment(layer, "bias", expected.GetProperty("grad_b")[layer - 1]);
        }

        void CompareSegment(int layer, string kind, JsonElement reference)
        {
            // Only the last layer is divided among the parts.
            var segment = $"layer{layer}.{kind}";
            AssertAgrees(
                $"gradient by {segment}",
                reference,
                layer < weights.GetArrayLength() ? Sum(part => part.Seen.By(segment)) : [.. parts.SelectMany(part => part.Seen.By(segment).Select(g => part.Factor * g))]);
        }

        double[] Sum(Func<Part, double[]> of) => parts
            .Select(part => of(part).Select(number => part.Factor * number))
            .Aggregate((sum, next) => sum.Zip(next, (a, b) => a + b)).ToArray();
    }

    private static string NameOf(JsonElement network) =>
        $"{network.GetProperty("activation").GetString()}, {network.GetProperty("loss").GetString()}{(HasBias(network) ? "" : ", no biases")}";

    private static bool HasBias(JsonElement network) => !network.TryGetProperty("bias", out var bias) || bias.GetBoolean();

    /// <summary>The whole network; where every output of every row has a weight of its own, a network for each output, whose rows have weights.</summary>
    private static List<Part> PartsOf(JsonElement reference)
    {
        var settings = reference.GetProperty("loss_args");
        var outputs = reference.GetProperty("W").EnumerateArray().Last().GetArrayLength();
        if (!settings.TryGetProperty("elementwise_weight", out var weights))
        {
            var (loss, factor) = LossOf(reference.GetProperty("loss").GetString()!, settings, outputs);
            return [new(new NetworkGradients(NetworkOf(reference, 0..outputs), DataOf(reference), loss), factor)];
        }

        Assert.Equal("bce_logits_weight_soft", reference.GetProperty("loss").GetString());
        var (x, t, w) = (reference.GetProperty("x").Matrix(), settings.GetProperty("targets").Matrix(), weights.Matrix());
        return
        [
            .. Enumerable.Range(0, outputs).Select(o =>
            {
                double[] ofOutput = [.. w.Select(row => row[o])];
                var data = Rows.WithTargets(x, [.. t.Select(row => (double[])[row[o]])]).WithWeights(ofOutput);
                return new Part(new NetworkGradients(NetworkOf(reference, o..(o + 1)), data, Loss.BinaryCrossEntropy), ofOutput.Sum() / (x.Length * outputs));
            }),
        ];
    }

    private static (Loss Loss, double Factor) LossOf(string name, JsonElement settings, int outputs)
    {
        var elements = settings.TryGetProperty("targets", out var targets) ? targets.GetArrayLength() * outputs : 0;
        return name switch
        {
            "ce" or "ce_soft_targets" or "ce_ignore_index" => (Loss.SoftmaxCrossEntropy, 1),
            "ce_sum" => (Loss.SoftmaxCrossEntropy, settings.GetProperty("labels").GetArrayLength()),
            "ce_label_smoothing" => (new SoftmaxCrossEntropy(Smoothing()), 1),
            "ce_class_weights" => (new SoftmaxCrossEntropy(ClassWeights: Weights("class_weights")), 1),
            "ce_class_weights_label_smoothing" => (new SoftmaxCrossEntropy(Smoothing(), Weights("class_weights")), 1),
            "bce_logits" => (Loss.BinaryCrossEntropy, 1),
            "bce_logits_pos_weight" => (new BinaryCrossEntropy(Weights("pos_weight")), 1),
            "mse" => (Loss.MeanSquaredError, 1),
            "mse_sum" => (Loss.MeanSquaredError, elements),
            "mae" => (Loss.MeanAbsoluteError, 1),
            "huber" => (Loss.Huber(settings.GetProperty("delta").GetDouble()), 1),
            "smooth_l1" => (Loss.Huber(settings.GetProperty("beta").GetDouble()), 1 / settings.GetProperty("beta").GetDouble()),
            _ => throw new ArgumentException($"The reference's loss {name} has no counterpart.", nameof(name)),
        };

        double Smoothing() => settings.GetProperty("label_smoothing").GetDouble();

        ValueList<double> Weights(string property) => [.. settings.GetProperty(property).Vector()];
    }

    private static Dataset DataOf(JsonElement reference)
    {
        var x = reference.GetProperty("x").Matrix();
        var settings = reference.GetProperty("loss_args");
        if (settings.TryGetProperty("targets", out var targets) || settings.TryGetProperty("target_probabilities", out targets))
            return Rows.WithTargets(x, targets.Matrix());

        var labels = settings.GetProperty("labels").Integers();
        if (!settings.TryGetProperty("ignore_index", out var ignored)) return Rows.Of(x, labels, classes: 3);
        return Rows.Of(x, [.. labels.Select(label => Math.Max(label, 0))], classes: 3)
            .WithWeights([.. labels.Select(label => label == ignored.GetInt32() ? 0.0 : 1)]);
    }

    private static Network<double> NetworkOf(JsonElement reference, Range outputs)
    {
        double[][][] weights = [.. reference.GetProperty("W").EnumerateArray().Select(w => w.Matrix())];
        int[] hidden = [.. weights[..^1].Select(w => w.Length)];
        weights[^1] = weights[^1][outputs];
        var activation = ActivationOf(reference.GetProperty("activation").GetString()!);
        var network = NetworkSpec.Mlp(weights[0][0].Length, hidden, weights[^1].Length, activation, bias: HasBias(reference)).Build<double>(seed: 0);
        for (var layer = 0; layer < weights.Length; layer++)
        {
            weights[layer].SelectMany(row => row).ToArray().CopyTo(network.Parameters[$"layer{layer + 1}.weight"]);
            if (!HasBias(reference)) continue;
            var bias = reference.GetProperty("b")[layer].Vector();
            (layer == weights.Length - 1 ? bias[outputs] : bias).CopyTo(network.Parameters[$"layer{layer + 1}.bias"]);
        }

        return network;
    }

    /// <summary>Row by row the outputs of all parts.</summary>
    private static double[] Interleaved(double[][] parts) =>
        parts.Length == 1 ? parts[0] : [.. Enumerable.Range(0, parts[0].Length).SelectMany(row => parts.Select(part => part[row]))];

    /// <param name="Seen">What a network makes of the rows.</param>
    /// <param name="Factor">What its loss counts in the reference's.</param>
    private sealed record Part(NetworkGradients Seen, double Factor);
}
