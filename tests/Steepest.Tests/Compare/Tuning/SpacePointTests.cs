using Steepest.Compare;
using Steepest.Compare.Tuning;

namespace Steepest.Tests.Compare.Tuning;

public sealed class SpacePointTests
{
    private static readonly SearchSpace Rates = new([new("learning-rate", 1e-4, 1)]);

    [Fact]
    public void A_rate_alone_is_told_as_a_number_and_more_with_their_names()
    {
        Assert.Equal("0.01", SpacePoint.At(Rates, [0.5]).ToString());
        Assert.Equal("learning-rate=0.01,momentum=0.9", new SpacePoint(new([.. Rates.Dimensions, new("momentum", 0.5, 0.99)]), [0.01, 0.9]).ToString());
    }

    [Theory]
    [InlineData(SpaceScale.Log, 0.000123456, 0.0765432)]
    [InlineData(SpaceScale.Log, 1e-300, 1e300)]
    [InlineData(SpaceScale.Linear, -1.23456, 9.87654)]
    [InlineData(SpaceScale.LogFromOne, 0.5, 0.99999)]
    [InlineData(SpaceScale.LogFromOne, 0.0123456, 0.123456)]
    [InlineData(SpaceScale.Whole, 2, 7)]
    public void Values_rise_from_the_least_to_the_greatest_and_never_leave_the_range(SpaceScale scale, double low, double high)
    {
        var dimension = new SpaceDimension("s", low, high, scale);
        double[] values = [.. Enumerable.Range(0, 1001).Select(n => dimension.At(n / 1000.0))];
        Assert.Equal(values.Order(), values);
        Assert.All(values, value => Assert.InRange(value, low, high));
        Assert.Equal(low, values[0], Math.Abs(low) * 1e-3);
        Assert.Equal(high, values[^1], Math.Abs(high) * 1e-3);
    }

    [Fact]
    public void Whole_numbers_come_equally_often()
    {
        var counts = Enumerable.Range(0, 600).CountBy(n => new SpaceDimension("s", 2, 7, SpaceScale.Whole).At((n + 0.5) / 600)).ToDictionary();
        Assert.Equal([2.0, 3, 4, 5, 6, 7], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.Equal(100, count));
    }

    [Fact]
    public void A_schedule_keeps_its_shape_and_has_the_rate_to_the_last_bit()
    {
        var steps = new CosineDecay(0.1, 0.01, Steps: 50);
        for (var n = 0; n <= 100; n++)
        {
            var point = SpacePoint.At(Rates, [n / 100.0]);
            var decay = (CosineDecay)point.Of(new Adam(steps)).LearningRate;
            Assert.Equal(point.Values[0], decay.From);
            Assert.Equal(point.Values[0] / 10, decay.To, point.Values[0] * 1e-15);
            Assert.Equal(steps.Steps, decay.Steps);
        }

        var cycle = (Cyclic)new SpacePoint(Rates, [1]).Of(new Adam(new Cyclic(0.1, 0.5, 20))).LearningRate;
        Assert.Equal((0.2, 1.0, 20L), (cycle.Low, cycle.High, cycle.StepsUp));
    }

    [Fact]
    public void Settings_change_as_the_point_says_and_others_stay()
    {
        var space = new SearchSpace([new(SpacePoint.Cosine, 0, 1, SpaceScale.Whole), .. Rates.Dimensions, new("momentum", 0.5, 0.99)]);
        var sgd = new Sgd(0.3, Momentum: 0.1, WeightDecay: 0.02);
        Assert.Equal(sgd with { LearningRate = 0.01, Momentum = 0.9 }, new SpacePoint(space, [0, 0.01, 0.9]).Of(sgd));
        Assert.Equal(sgd with { LearningRate = new CosineDecay(0.01), Momentum = 0.9 }, new SpacePoint(space, [1, 0.01, 0.9]).Of(sgd));
    }

    [Fact]
    public void A_schedule_of_one_s_own_is_refused()
    {
        var sentence = Assert.Throws<SteepestException>(() => new SpacePoint(Rates, [0.01]).Of(new Adam(new Own()))).Message;
        Assert.EndsWith("cannot be tuned, for it is not known which rate it is in proportion to; give its contender no space.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_optimizer_can_run_at_both_ends_of_its_spaces()
    {
        foreach (var info in Steepest.Optimizers.All)
        {
            var optimizer = info.With(info.Settings[0].Default is > 0 and var rate && double.IsFinite(rate) ? rate : 0.01, new Dictionary<string, double>());
            foreach (var space in (SearchSpace[])[SearchSpaces.UsualFor(optimizer), SearchSpaces.WideFor(optimizer)])
                space.Check(new ExperimentContender(new Contender(info.Name, info.Name), optimizer, space));
        }
    }

    private sealed record Own : Schedule
    {
        public override double At(long step, long totalSteps) => 0.1;
    }
}
