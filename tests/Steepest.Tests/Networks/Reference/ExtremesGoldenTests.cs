using System.Text.Json;
using static Steepest.Tests.Networks.Reference.LayersGolden;

namespace Steepest.Tests.Networks.Reference;

/// <summary>Losses where logits are huge or a derivative jumps, against PyTorch's.</summary>
public sealed class ExtremesGoldenTests
{
    [Fact]
    public void Every_extreme_of_the_reference_is_compared() => Assert.Equal(
        ["ce", "bce_logits", "l1_at_ties", "huber_at_boundary"], Root.GetProperty("extremes").EnumerateObject().Select(extreme => extreme.Name));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_logit_is_too_large_for_softmax_cross_entropy(int row)
    {
        var expected = Extreme("ce");
        var data = Rows.Of([expected.GetProperty("logits")[row].Vector()], [expected.GetProperty("labels")[row].GetInt32()], 3);

        var seen = new NetworkGradients(Unchanged(3), data);

        AssertAgrees("loss_per_row", expected.GetProperty("loss_per_row")[row], [seen.Loss]);
        AssertAgrees("grad_of_sum", expected.GetProperty("grad_of_sum")[row], seen.ByFeatures());
    }

    [Fact]
    public void No_logit_is_too_large_for_binary_cross_entropy()
    {
        var expected = Extreme("bce_logits");
        CompareElements("logits", "targets", expected, Loss.BinaryCrossEntropy, expected.GetProperty("loss").Flat(), expected.GetProperty("grad_of_sum").Flat());
    }

    [Fact]
    public void Where_output_and_target_are_equal_the_absolute_error_has_no_slope()
    {
        var expected = Extreme("l1_at_ties");
        double[] losses = [0, 0, 2, 1];
        Assert.Equal(expected.GetProperty("loss_sum").GetDouble(), losses.Sum());
        CompareElements("pred", "target", expected, Loss.MeanAbsoluteError, losses, expected.GetProperty("grad").Flat());
    }

    [Fact]
    public void At_its_delta_the_Huber_loss_goes_over_without_a_jump()
    {
        var expected = Extreme("huber_at_boundary");
        CompareElements(
            "pred", "target", expected, Loss.Huber(expected.GetProperty("delta").GetDouble()), expected.GetProperty("loss").Flat(), expected.GetProperty("grad").Flat());
    }

    private static JsonElement Extreme(string name) => Root.GetProperty("extremes").GetProperty(name);

    /// <summary>One row of one output after another, so that every loss and every gradient is seen by itself.</summary>
    private static void CompareElements(string outputs, string targets, JsonElement expected, Loss loss, double[] losses, double[] gradients)
    {
        var x = expected.GetProperty(outputs).Flat();
        var t = expected.TryGetProperty(targets, out var given) ? given.Flat() : new double[x.Length];
        NetworkGradients[] seen = [.. x.Zip(t, (output, target) => new NetworkGradients(Unchanged(1), Rows.WithTargets([[output]], [[target]]), loss))];
        AssertAgrees($"{loss}", losses, [.. seen.Select(of => of.Loss)]);
        AssertAgrees($"gradient of {loss}", gradients, [.. seen.SelectMany(of => of.ByFeatures())]);
    }

    /// <summary>A network that gives what it is given.</summary>
    private static Network<double> Unchanged(int features)
    {
        var network = new NetworkSpec(features, [new Dense(features, Activation.Identity, Bias: false)]).Build<double>(seed: 0);
        for (var i = 0; i < features; i++) network.Parameters["layer1.weight"][i * (features + 1)] = 1;
        for (var i = 0; i < features * features; i++)
        {
            if (i % (features + 1) != 0) network.Parameters["layer1.weight"][i] = 0;
        }

        return network;
    }
}
