namespace Steepest.Tests;

/// <summary>Which segments a group takes.</summary>
public sealed class ParameterGroupTests
{
    private const string There = "there are layer1.weight, layer1.bias, layer2.weight, layer2.bias.";

    private static readonly Optimizer Adam = new Adam(0.1);

    [Theory]
    [InlineData("layer1.weight", true)]
    [InlineData("LAYER1.Weight", true)]
    [InlineData("*", true)]
    [InlineData("**", true)]
    [InlineData("layer1.*", true)]
    [InlineData("*.weight", true)]
    [InlineData("*1*", true)]
    [InlineData("l*1*t", true)]
    [InlineData("lay*er1.weight", true)]
    [InlineData("layer1", false)]
    [InlineData("weight", false)]
    [InlineData("layer1.weight2", false)]
    [InlineData("*weigh", false)]
    [InlineData("layer?.weight", false)]
    [InlineData("layer1.weight*t", false)]
    [InlineData("*1*1*", false)]
    [InlineData("*eight*we*", false)]
    public void A_star_stands_for_any_run_of_characters(string pattern, bool matches) =>
        Assert.Equal(matches, ParameterGroup.Frozen(pattern).Matches(Bowl<double>.Layout.Find("layer1.weight")));

    [Fact]
    public void The_first_group_that_matches_a_segment_takes_it()
    {
        var first = ParameterGroup.Named("layer1.*", Adam);
        var weights = ParameterGroup.Of(ParameterRole.Weight, Adam);
        Assert.Equal([first, first, weights, null], Taken([first, weights]));
        Assert.Equal([weights, first, weights, null], Taken([weights, first]));
        Assert.Equal([null, null, null, null], Taken([]));

        static ParameterGroup?[] Taken(ValueList<ParameterGroup> groups)
        {
            var taken = new ParameterGroups(groups, Bowl<double>.Layout);
            return [taken[0], taken[1], taken[2], taken[3]];
        }
    }

    [Fact]
    public void A_group_without_a_use_is_refused_in_one_sentence()
    {
        AssertRefused($"The parameter group 'layer3.*' matches no segment; {There}", ParameterGroup.Frozen("layer3.*"));
        AssertRefused($"The parameter group of role Norm matches no segment; {There}", ParameterGroup.Of(ParameterRole.Norm, Adam));
        AssertRefused(
            $"The parameter group '*.bias' matches only segments that groups before it take; {There}",
            ParameterGroup.Of(ParameterRole.Bias, Adam), ParameterGroup.Frozen("*.bias"));
        var twice = ParameterGroup.Frozen("*.bias");
        AssertRefused($"The parameter group '*.bias' matches only segments that groups before it take; {There}", twice, twice);
        AssertRefused("All segments of the parameters are frozen, so that there is nothing to train.", ParameterGroup.Frozen("*"));
        AssertRefused(
            "The parameter group of role Bias has a penalty, but only weights are penalized and it has none.",
            ParameterGroup.Of(ParameterRole.Bias, Adam) with { Penalty = new Penalty(L2: 1) });

        static void AssertRefused(string sentence, params ParameterGroup[] groups) => Assert.Equal(
            sentence, Assert.Throws<SteepestException>(() => ParameterGroups.CreateStepper(Adam, [.. groups], Bowl<double>.Start())).Message);
    }

    [Fact]
    public void A_pattern_is_never_empty()
    {
        const string Sentence = "The pattern of a parameter group is empty, but it must match the name of a segment, such as layer1.*.";
        Assert.Equal(Sentence, Assert.Throws<SteepestException>(() => ParameterGroup.Frozen("")).Message);
        Assert.Equal(Sentence, Assert.Throws<SteepestException>(() => ParameterGroup.Named("", Adam)).Message);
    }

    [Fact]
    public void Equal_groups_are_equal()
    {
        Assert.Equal(ParameterGroup.Frozen("a*"), ParameterGroup.Named("a*", null));
        Assert.Equal(ParameterGroup.Of(ParameterRole.Bias, new Adam(0.1)), ParameterGroup.Of(ParameterRole.Bias, null) with { Optimizer = new Adam(0.1) });
        Assert.NotEqual(ParameterGroup.Named("a*", Adam), ParameterGroup.Named("a*", Adam) with { Penalty = new Penalty() });
    }

    [Fact]
    public void Only_the_gradient_of_frozen_segments_is_cleared()
    {
        var gradient = Bowl<double>.Start();
        new ParameterGroups([ParameterGroup.Frozen("layer1.*"), ParameterGroup.Of(ParameterRole.Bias, Adam)], Bowl<double>.Layout).ClearFrozen(gradient);

        Assert.All(gradient["layer1.weight"].ToArray(), g => Assert.Equal(0, g));
        Assert.All(gradient["layer1.bias"].ToArray(), g => Assert.Equal(0, g));
        Assert.Equal(Bowl<double>.Start()["layer2.weight"], gradient["layer2.weight"]);
        Assert.Equal(Bowl<double>.Start()["layer2.bias"], gradient["layer2.bias"]);
    }
}
