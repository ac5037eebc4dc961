using CsCheck;

namespace Steepest.Tests.Networks.Gradients;

/// <summary>Gradients by parameters and by features are the slopes of the loss, for every layer, every loss and what can be made of them.</summary>
public sealed class GradientTests
{
    [Fact]
    public void Of_a_dense_layer_with_any_activation() => AssertSlopes(GradientCases.With(_ => GradientCases.Dense));

    [Fact]
    public void Of_an_activation_by_itself() => AssertSlopes(GradientCases.With(_ => GradientCases.Activate));

    [Fact]
    public void Of_dropout_with_the_same_mask() => AssertSlopes(GradientCases.With(_ => GradientCases.Dropout));

    [Fact]
    public void Of_layer_norm() => AssertSlopes(GradientCases.With(_ => GradientCases.LayerNorm));

    [Fact]
    public void Of_batch_norm_in_training() => AssertSlopes(GradientCases.With(_ => GradientCases.BatchNorm));

    [Fact]
    public void Of_a_residual_block() => AssertSlopes(GradientCases.With(inputs => GradientCases.Residual(inputs, depth: 1)));

    [Fact]
    public void Of_a_residual_block_inside_another() => AssertSlopes(GradientCases.With(inputs => GradientCases.Residual(inputs, depth: 2)));

    [Fact]
    public void Of_every_loss() => AssertSlopes(GradientCases.Losses(), times: 300);

    [Fact]
    public void Of_one_to_five_layers_of_any_kind() => AssertSlopes(GradientCases.Compositions(), times: 400);

    private static void AssertSlopes(Gen<GradientCase> cases, int times = 200) => cases.Sample(
        sample =>
        {
            var slopes = new Slopes(sample);
            slopes.AssertByParameters();
            slopes.AssertByFeatures();
        },
        iter: times);
}
