using CsCheck;
using Steepest.Tests.Commands;

namespace Steepest.Tests.Descriptions;

public sealed class OptimizerJsonTests
{
    private static readonly Gen<Schedule> Rates = Gen.Select(Gen.Int[0, 5], Gen.Double[1e-5, 1], Gen.Int[1, 1000]).Select((which, rate, steps) => which switch
    {
        0 => new CosineDecay(rate, Steps: steps),
        1 => new WarmUp(new MultiStepDecay(rate, [steps, 2L * steps], 0.3), steps),
        2 => new OneCycle(rate, steps, Linear: true),
        3 => new EachEpoch(new WarmUp(rate, steps, FromFactor: 0.5, Jumps: true)),
        4 => new ReduceOnPlateau(rate, Patience: steps),
        _ => (Schedule)rate,
    });

    [Fact]
    public void Any_optimizer_comes_back() =>
        (from about in Gen.Int[0, Optimizers.All.Count - 1].Select(i => Optimizers.All[i])
         from rate in Rates
         from values in Gen.Double[0, 1].Array[about.Settings.Count]
         from chosen in Gen.Bool.Array[about.Settings.Count]
         from wrapped in Gen.Int[0, 3]
         select (about, rate, values, chosen, wrapped)).Sample(
            made =>
            {
                var settings = new Dictionary<string, double>();
                foreach (var (i, setting) in made.about.Settings.Index().Skip(1))
                {
                    var value = setting.IsSwitch ? Math.Round(made.values[i]) : setting.Range.IsWhole ? setting.Default + Math.Round(10 * made.values[i]) : made.values[i];
                    if (made.chosen[i] && setting.Range.Contains(value)) settings[setting.Name] = value;
                }

                if (Made(made.about, made.rate, settings) is not { } optimizer) return;
                if (made.wrapped is 1 or 3) optimizer = new Lookahead(optimizer, 7, 0.3);
                if (made.wrapped is 2 or 3) optimizer = new Sam(optimizer);
                var json = OptimizerJson.Write(optimizer);
                Assert.Equal(optimizer, OptimizerJson.Read(json));
                Assert.Equal(json, OptimizerJson.Write(OptimizerJson.Read(json)));
            },
            iter: 2000, threads: 1);

    [Theory]
    [InlineData("""{"name":"adam","learning-rate":0.01}""")]
    [InlineData("""{"name":"adam","learning-rate":0.01,"beta1":0.95,"maximize":true}""")]
    [InlineData("""{"name":"sgd","learning-rate":{"name":"cosine","from":0.1},"momentum":0.9}""")]
    [InlineData("""{"name":"sgd","learning-rate":{"name":"warm-up","steps":5,"then":{"name":"multi-step","from":0.1,"at":[30,60]}}}""")]
    [InlineData("""{"name":"lookahead","around":{"name":"sgd","learning-rate":0.1,"momentum":0.9},"k":7}""")]
    [InlineData("""{"name":"sam","around":{"name":"lookahead","around":{"name":"adam","learning-rate":0.1}},"radius":0.1}""")]
    [InlineData("""{"name":"adam","learning-rate":1e-5,"epsilon":5e-324}""")]
    [InlineData("""{"name":"prodigy","learning-rate":1}""")]
    public void What_is_read_is_written_again(string json) => Assert.Equal(json, OptimizerJson.Write(OptimizerJson.Read(json)));

    [Fact]
    public void What_is_left_out_takes_its_default() =>
        Assert.Equal(new Adam(0.001), OptimizerJson.Read("""{ "name": "adam", "beta1": 0.9 }"""));

    [Theory]
    [InlineData("adam", "The optimizer is not JSON: line 1, byte 1 is not what JSON expects there.")]
    [InlineData("[1]", """$ is a list, but an object such as {"name":"adam","learning-rate":0.01} was expected.""")]
    [InlineData("{}", "$ has no name, but the name of an optimizer was expected.")]
    [InlineData("""{"name":1}""", "$.name is 1, but a name was expected.")]
    [InlineData("""{"name":"adma"}""", "$.name: There is no optimizer 'adma'; did you mean adam?")]
    [InlineData("""{"name":"adam","beta3":0.9}""", "$.beta3: There is no adam setting 'beta3'; did you mean beta1?")]
    [InlineData("""{"name":"adam","beta1":0.9,"beta1":0.8}""", "$.beta1 is there twice, but a member can have one value.")]
    [InlineData("""{"name":"adam","beta1":"high"}""", "$.beta1 is \"high\", but a number was expected.")]
    [InlineData("""{"name":"adam","maximize":1}""", "$.maximize is 1, but true or false was expected.")]
    [InlineData("""{"name":"adam","beta1":1}""", "$.beta1: The beta1 of adam is 1, but it must lie in [0, 1).")]
    [InlineData("""{"name":"adam","learning-rate":[0.1]}""", """$.learning-rate is a list, but a number or an object such as {"name":"cosine","from":0.1} was expected.""")]
    [InlineData("""{"name":"adam","learning-rate":{"name":"cosin","from":0.1}}""", "$.learning-rate.name: There is no schedule 'cosin'; did you mean cosine?")]
    [InlineData("""{"name":"adam","learning-rate":{"name":"cosine"}}""", "$.learning-rate: The schedule cosine needs from: the value at the start.")]
    [InlineData("""{"name":"adam","learning-rate":{"name":"cosine","from":0.1,"form":1}}""", "$.learning-rate.form: There is no cosine setting 'form'; did you mean from?")]
    [InlineData("""{"name":"adam","learning-rate":{"name":"multi-step","from":0.1,"at":[1,2.5]}}""", "$.learning-rate.at[1] is 2.5, but a whole number was expected.")]
    [InlineData("""{"name":"adam","learning-rate":0}""", "$.learning-rate: The learning-rate of adam is 0, but it must lie in (0, ∞).")]
    [InlineData("""{"name":"adam","learning-rate":"NaN"}""", "$.learning-rate: The learning-rate of adam is NaN, but it must lie in (0, ∞).")]
    [InlineData("""{"name":"adam","learning-rate":{"name":"cosine","from":-1}}""", "$.learning-rate.from: The from of cosine is -1, but it must lie in (0, ∞).")]
    [InlineData("""{"name":"adam","Beta1":0.9}""", "$.Beta1: There is no adam setting 'Beta1'; did you mean beta1?")]
    [InlineData("""{"name":"sgd","nesterov":true}""", "$: The nesterov of sgd is on with a momentum of 0 and a dampening of 0, but it needs a momentum above 0 and a dampening of 0.")]
    [InlineData("""{"name":"\ud800"}""", "$.name has a text with half a surrogate pair, but whole characters were expected.")]
    [InlineData("""{"\ud800":1}""", "$ has a text with half a surrogate pair, but whole characters were expected.")]
    [InlineData("""{"name":"lookahead"}""", "$ is the wrapper lookahead, but under around there is no optimizer for it.")]
    [InlineData("""{"name":"adam","around":{"name":"sgd"}}""", "$.around: adam is no wrapper; lookahead and sam are.")]
    [InlineData("""{"name":"sam","around":{"name":"sgd"},"learning-rate":0.1}""", "$.learning-rate: sam has the learning rate of the optimizer that it is around.")]
    [InlineData("""{"name":"sam","around":{"name":"sgd","momentum":2}}""", "$.around.momentum: The momentum of sgd is 2, but it must lie in [0, 1).")]
    public void What_cannot_be_read_is_told_with_its_place(string json, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<SteepestException>(() => OptimizerJson.Read(json)).Message);

    [Fact]
    public void Half_a_character_is_no_JSON() => Assert.Equal(
        "The optimizer is not JSON: it holds half a surrogate pair, but whole characters were expected.",
        Assert.Throws<SteepestException>(() => OptimizerJson.Read($"\"{(char)0xD800}\"")).Message);

    [Fact]
    public void Optimizers_of_ones_own_are_known_by_their_list()
    {
        var own = new RootMeanSquare(0.1, Fading: 0.9);
        Assert.Equal(own, OptimizerJson.Read(OptimizerJson.Write(own), [RootMeanSquare.About]));
        Assert.Equal(new Lookahead(own), OptimizerJson.Read(OptimizerJson.Write(new Lookahead(own)), [RootMeanSquare.About]));
        Assert.Throws<SteepestException>(() => OptimizerJson.Read(OptimizerJson.Write(own)));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_spelled_as_a_string()
    {
        Assert.Equal("\"Infinity\"", ScheduleJson.Write(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Assert.IsType<Constant>(ScheduleJson.Read("\"Infinity\"")).Value);
        Assert.Equal(double.PositiveInfinity, Assert.IsType<Prodigy>(OptimizerJson.Read("""{"name":"prodigy","growth":"Infinity"}""")).Growth);
    }

    [Fact]
    public void A_schedule_of_ones_own_cannot_be_written() => Assert.StartsWith(
        "The schedule Own", Assert.Throws<SteepestException>(() => OptimizerJson.Write(new Adam(new Own(0.1)))).Message, StringComparison.Ordinal);

    // Some settings do not go together: those are refused when it is made, as everywhere.
    private static Optimizer? Made(OptimizerInfo about, Schedule rate, Dictionary<string, double> settings)
    {
        try
        {
            return about.With(rate, settings);
        }
        catch (SteepestException)
        {
            return null;
        }
    }

    private sealed record Own(double Value) : Schedule
    {
        public override double At(long step, long totalSteps) => Value;
    }
}
