using Steepest.Tests.Training;

namespace Steepest.Tests.Networks;

/// <summary>Sizes that would overflow, and layouts that make no sense, are refused in a sentence.</summary>
public sealed class SizeTests
{
    [Fact]
    public void A_network_beyond_one_buffer_is_one_sentence() => Assert.Contains(
        "layer2.weight are more than the 2,147,418,112 numbers that one buffer can hold",
        Assert.Throws<SteepestException>(() => NetworkSpec.Mlp(4, [50_000, 50_000], 3, Activation.Relu).Build<double>(1)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Activations_beyond_one_buffer_are_one_sentence_and_no_access_past_memory()
    {
        // 4,194,305 units × 1,024 rows wrap to 1,024 in 32 bits.
        var rows = Datasets.Digits().Take([.. Enumerable.Range(0, 1024)]);
        var network = NetworkSpec.Mlp(64, [], 10, Activation.Relu).Build<float>(1);
        Assert.Equal(1024, network.Evaluate(rows).Rows);
        Assert.Contains("fit", Assert.Throws<SteepestException>(() => new Steepest.Numerics.AlignedBuffer<double>(4_194_305L * 1024)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_is_short_enough_for_loops_that_count_in_32_bits() => Assert.Equal(
        "A layer or a batch needs room for 2,147,418,113 numbers, but at most 2,147,418,112 fit; ask for smaller layers or batches.",
        Assert.Throws<SteepestException>(() => new Steepest.Numerics.AlignedBuffer<float>(2_147_418_113)).Message);

    [Theory]
    [InlineData("a", "a", 1, "The parameter segment a comes twice, but each needs a name of its own.")]
    [InlineData("a", "b", 0, "The parameter segment b has the size 0, but sizes must be at least 1.")]
    [InlineData("a", "b", -8, "The parameter segment b has the size -8, but sizes must be at least 1.")]
    public void A_layout_needs_names_that_differ_and_sizes(string first, string second, int size, string sentence) => Assert.Equal(
        sentence,
        Assert.Throws<SteepestException>(() => ParameterLayout.Of<double>((first, ParameterRole.Weight, [2, 2]), (second, ParameterRole.Bias, [size]))).Message);

    [Fact]
    public void A_recorder_made_for_another_precision_is_refused()
    {
        var recorder = new Recorder<float>(SeedRun.Network<double>().Parameters.Layout, [("layer1.bias", 0)], [0]);
        var trainer = new Trainer<float>(SeedRun.Network<float>(), SeedRun.Train, new(new Adam(0.01), 1), recorder);
        Assert.Throws<ArgumentException>(() => trainer.Run(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Finite_logits_have_a_finite_loss_however_far_apart()
    {
        var network = NetworkSpec.Mlp(1, [], 2, Activation.Identity).Build<double>(1);
        network.Parameters["layer1.bias"].Clear();
        network.Parameters["layer1.weight"][0] = 1e308;
        network.Parameters["layer1.weight"][1] = -1e308;
        var data = Dataset.Classification("one row", [1.0], ["x"], [0], ["a", "b"]);
        Assert.Equal(0, network.Evaluate(data).Loss);
    }
}
