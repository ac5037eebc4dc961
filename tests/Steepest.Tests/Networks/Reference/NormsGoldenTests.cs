using System.Text.Json;
using static Steepest.Tests.Networks.Reference.LayersGolden;

namespace Steepest.Tests.Networks.Reference;

/// <summary>Layer norm and batch norm against PyTorch's outputs, gradients and running statistics.</summary>
public sealed class NormsGoldenTests
{
    private static readonly JsonElement[] Cases = [.. Root.GetProperty("norms").EnumerateArray()];

    [Fact]
    public void All_five_normalisations_of_the_reference_are_compared() => Assert.Equal(
        ["layer_norm 0.1 True", "layer_norm 0.1 False", "batch_norm_1d 0.1 True", "batch_norm_1d 0.1 False", "batch_norm_1d null True"],
        Cases.Select(norm => $"{norm.GetProperty("kind")} {MomentumOf(norm)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"} {IsAffine(norm)}"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Layer_norm_is_that_of_the_reference(int place)
    {
        var norm = Cases[place];
        var applied = Applied(new LayerNorm(IsAffine(norm), norm.GetProperty("eps").GetDouble()), norm);
        CompareBothWays(applied, norm, "layer norm");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Batch_norm_is_that_of_the_reference(int place)
    {
        var norm = Cases[place];
        var applied = Applied(new BatchNorm(MomentumOf(norm), IsAffine(norm), norm.GetProperty("eps").GetDouble()), norm);
        JsonElement[] calls = [.. norm.GetProperty("calls").EnumerateArray()];
        Assert.Equal(["train", "train", "train", "eval"], calls.Select(call => call.GetProperty("mode").GetString()));
        for (var i = 0; i < calls.Length; i++)
        {
            var call = calls[i];
            if (i < 3)
            {
                CompareBothWays(applied, call, $"call {i + 1}");
            }
            else
            {
                // There is no way back from an evaluation.
                AssertAgrees("y in evaluation", call.GetProperty("y"), applied.Forward(call.GetProperty("x").Flat(), PassPurpose.Evaluation));
            }

            // An evaluation leaves them as they were after the third batch.
            var told = calls[Math.Min(i, 2)];
            AssertAgrees("running mean", told.GetProperty("running_mean_after"), applied.Buffers["alone.mean"]);
            AssertAgrees("running variance", told.GetProperty("running_var_after"), applied.Buffers["alone.variance"]);
            Assert.Equal(Math.Min(i + 1, 3), applied.Buffers["alone.batches"][0]);
        }
    }

    private static AppliedLayer<double> Applied(LayerSpec spec, JsonElement norm)
    {
        var features = (norm.TryGetProperty("x", out var x) ? x : norm.GetProperty("calls")[0].GetProperty("x"))[0].GetArrayLength();
        var applied = new AppliedLayer<double>(spec, features);
        if (!IsAffine(norm))
        {
            Assert.Empty(applied.Parameters.Layout.Segments);
            return applied;
        }

        norm.GetProperty("gamma").Vector().CopyTo(applied.Parameters["alone.scale"]);
        norm.GetProperty("beta").Vector().CopyTo(applied.Parameters["alone.shift"]);
        return applied;
    }

    private static void CompareBothWays(AppliedLayer<double> applied, JsonElement call, string what)
    {
        var (y, byInputs) = applied.ForwardAndBackward(call.GetProperty("x").Flat(), call.GetProperty("grad_y").Flat(), PassPurpose.Training);
        AssertAgrees($"y, {what}", call.GetProperty("y"), y);
        AssertAgrees($"gradient by x, {what}", call.GetProperty("grad_x"), byInputs);
        if (applied.Parameters.Layout.Segments.Count == 0) return;
        AssertAgrees($"gradient by gamma, {what}", call.GetProperty("grad_gamma"), applied.Gradient["alone.scale"]);
        AssertAgrees($"gradient by beta, {what}", call.GetProperty("grad_beta"), applied.Gradient["alone.shift"]);
    }

    private static bool IsAffine(JsonElement norm) => norm.GetProperty("affine").GetBoolean();

    private static double? MomentumOf(JsonElement norm) =>
        !norm.TryGetProperty("momentum", out var momentum) ? 0.1 : momentum.ValueKind == JsonValueKind.Null ? null : momentum.GetDouble();
}
