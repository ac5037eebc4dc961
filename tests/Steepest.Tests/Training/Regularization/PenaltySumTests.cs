namespace Steepest.Tests.Training.Regularization;

/// <summary>Penalties of a run and of its groups together.</summary>
public sealed class PenaltySumTests
{
    private static readonly Penalty Run = new(L1: 0.2, L2: 0.3);

    [Fact]
    public void Without_groups_it_is_the_run_s_penalty()
    {
        var at = Bowl<double>.Start();
        Parameters<double> expected = new(at.Layout), gradient = new(at.Layout);
        var sum = new PenaltySum<double>(Run, [], at.Layout);

        Assert.Equal(Run.AddTo(at, expected), sum.AddTo(at, gradient));
        Assert.Equal(expected.Values, gradient.Values);
        Assert.Equal(0, new PenaltySum<double>(null, [], at.Layout).AddTo(at, gradient));
        Assert.Equal(expected.Values, gradient.Values);
    }

    [Fact]
    public void A_group_s_own_penalty_stands_in_for_the_run_s()
    {
        var own = new Penalty(L2: 5);
        AssertEach([ParameterGroup.Named("layer2.*", new Adam(0.1)) with { Penalty = own }], Run, Run, own);
        AssertEach([ParameterGroup.Named("layer2.*", new Adam(0.1)) with { Penalty = own }], null, null, own);
        AssertEach([ParameterGroup.Named("layer2.*", new Adam(0.1)) with { Penalty = new Penalty() }], Run, Run, null);
        AssertEach([ParameterGroup.Named("layer1.*", new Adam(0.1))], Run, Run, Run);
        AssertEach([ParameterGroup.Frozen("layer1.*")], Run, Run, Run);
    }

    private static void AssertEach(ValueList<ParameterGroup> groups, Penalty? run, Penalty? onFirst, Penalty? onSecond)
    {
        var at = Bowl<double>.Start();
        var gradient = new Parameters<double>(at.Layout);
        var expected = new Parameters<double>(at.Layout);
        var value = 0.0;
        foreach (var (name, penalty) in (ValueTuple<string, Penalty?>[])[("layer1.weight", onFirst), ("layer2.weight", onSecond)])
            value += penalty?.AddTo(at.Layout.Find(name), at, expected) ?? 0;

        var sum = new PenaltySum<double>(run, groups, at.Layout);
        Assert.Equal(value, sum.AddTo(at, gradient));
        Assert.Equal(value, sum.At(at));
        Assert.Equal(expected.Values, gradient.Values);
        Assert.NotEqual(0, value);
    }
}
