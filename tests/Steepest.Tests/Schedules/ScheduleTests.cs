using Steepest.Tests.Training;

namespace Steepest.Tests.Schedules;

/// <summary>What schedules are as descriptions, and what a run makes of them.</summary>
public sealed class ScheduleTests
{
    /// <summary>One of each, and of the settings that choose another curve.</summary>
    internal static readonly ValueList<Schedule> Every =
    [
        0.1, new StepDecay(0.1, 5, 0.5), new MultiStepDecay(0.1, [3, 7, 7]), new ExponentialDecay(0.1, 0.9), new PolynomialDecay(0.1, 0.01, 2.5),
        new LinearChange(0.1), new CosineDecay(0.1, 0.001), new CosineDecay(0.1, Steps: 4, Repeats: true), new CosineRestarts(0.1, 3, 0.01, 2), new OneCycle(0.2),
        new OneCycle(0.2, Linear: true, ThreePhases: true, DrivesMomentum: false), new Cyclic(0.01, 0.1, 3, 2), new Cyclic(0.01, 0.1, 3, Height: CycleHeight.Halved),
        new ReduceOnPlateau(0.5, 0.5, Patience: 1, CoolDown: 1), new WarmUp(new ReduceOnPlateau(0.5, 0.5, Patience: 0), 3), new WarmUp(new OneCycle(0.2), 3, 0.1),
        new EachEpoch(new StepDecay(0.1, 2)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_schedule_of_the_registry_is_tested_here() => Assert.Equal(
        Steepest.Schedules.All.Select(about => about.Name).Order(),
        Every.Where(s => s is not Constant).Select(s => s.ToString()[..s.ToString().IndexOf('(', StringComparison.Ordinal)]).Distinct().Order());

    [Fact]
    public void Schedules_are_equal_by_value_and_never_negative()
    {
        foreach (var schedule in Every)
        {
            Assert.Equal(schedule, schedule with { });
            Assert.Equal(schedule.GetHashCode(), (schedule with { }).GetHashCode());
            Assert.Single(Every, other => other == schedule);
            for (var step = 0; step < 20; step++) Assert.InRange(schedule.At(step, 20), 0, 0.5);
        }
    }

    [Fact]
    public void A_schedule_without_a_length_ends_with_the_run()
    {
        Assert.Equal(0.5, new LinearChange(1).At(5, 10));
        Assert.Equal(0.5, new CosineDecay(1).At(500, 1000), 1e-15);
        Assert.Equal(0, new PolynomialDecay(1).At(1000, 1000));
        Assert.Equal(0.25, new PolynomialDecay(1, Power: 2).At(5, 10), 1e-15);
    }

    [Fact]
    public void Each_epoch_is_the_same_for_all_steps_of_an_epoch()
    {
        var play = new EachEpoch(new StepDecay(1, 2, 0.5)).Start();
        Assert.Equal([1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5], Enumerable.Range(0, 9).Select(step => play.At(new(step, 9, 3))));
    }

    [Fact]
    public void A_run_steps_by_the_schedule_and_its_momentum()
    {
        var rates = new OneCycle(0.5);
        var parameters = new Parameters<double>(ParameterLayout.Of<double>(("x", ParameterRole.Weight, [1])));
        var stepper = new Sgd(rates, Momentum: 0.3).CreateStepper(parameters);
        var context = new StepContext<double>(new Slope(), new Parameters<double>(parameters.Layout), 20);
        var (x, b) = (0.0, 0.0);
        for (var step = 0; step < 20; step++)
        {
            b = step == 0 ? 1 : (rates.MomentumAt(step, 20)!.Value * b) + 1;
            x -= rates.At(step, 20) * b;
            context.Begin(parameters);
            stepper.Step(context);
            Assert.Equal(x, parameters.Values[0], 1e-14);
        }
    }

    [Fact]
    public void A_plateau_is_seen_by_the_run_and_its_state_is_part_of_the_stepper_s()
    {
        var network = SeedRun.Network<double>();
        var trainer = new Trainer<double>(network, SeedRun.Train, new TrainingSpec(new GradientDescent(new ReduceOnPlateau(1, 0.5, Patience: 2, Threshold: 0.5)), 50));
        trainer.Run(Cancellation);

        var rate = Assert.Single(trainer.Stepper.Scalars, scalar => scalar.Name == "scheduled learning rate").Value;
        // The loss never halves within three epochs, so that every third of the 50 makes the rate fall, the first not.
        Assert.Equal(Math.ScaleB(1, -16), rate);
    }

    [Fact]
    public void A_setting_outside_its_range_is_refused_in_one_sentence()
    {
        AssertRefused("The from of step is 0, but it must lie in (0, ∞).", () => new StepDecay(0, 5));
        AssertRefused("The every of step is 0, but it must be at least 1.", () => new StepDecay(0.1, 0));
        AssertRefused("The factor of exponential is 1.5, but it must lie in (0, 1].", () => new ExponentialDecay(0.1, 1.5));
        AssertRefused("The steps of cosine is -3, but it must be at least 1.", () => new CosineDecay(0.1, Steps: -3));
        AssertRefused("A milestone of multi-step is -1, but steps are counted from 0.", () => new MultiStepDecay(0.1, [5, -1]));
        AssertRefused("The from-factor of warm-up is 2, but it must lie in [0, 1].", () => new WarmUp(0.1, 5, 2));
        AssertRefused("The patience of reduce-on-plateau is -1, but it must be one of 0, 1, ….", () => new ReduceOnPlateau(0.1, Patience: -1));
        AssertRefused("The growth of cosine-restarts is 0, but it must be at least 1.", () => new CosineRestarts(0.1, 5, Growth: 0));
        AssertRefused(
            "The schedule step needs every: steps between two falls.", () => StepDecay.About.With(new Dictionary<string, double> { ["from"] = 1 }));
        AssertRefused(
            "There is no step setting 'evry'; did you mean every?", () => StepDecay.About.With(new Dictionary<string, double> { ["evry"] = 1 }));
    }

    [Fact]
    public void A_cycle_that_is_shorter_than_the_run_is_refused_before_it()
    {
        var spec = new TrainingSpec(new Adam(new OneCycle(0.1, Steps: 60)), 100);
        AssertRefused(
            "The schedule one-cycle is over after 60 steps, but the run takes 100; leave out its steps, or give as many.",
            () => new Trainer<double>(SeedRun.Network<double>(), SeedRun.Train, spec));
    }

    [Fact]
    public void A_schedule_is_spelled_as_the_command_takes_it()
    {
        Assert.Equal("cosine(from:0.1;to:0.001)", $"{new CosineDecay(0.1, 0.001)}");
        Assert.Equal("multi-step(from:0.1;at:30/60)", $"{new MultiStepDecay(0.1, [30, 60])}");
        Assert.Equal("warm-up(steps:5;then:cosine(from:0.1))", $"{new WarmUp(new CosineDecay(0.1), 5)}");
        Assert.Equal("each-epoch(of:step(from:0.1;every:2))", $"{new EachEpoch(new StepDecay(0.1, 2))}");
    }

    private static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);

    private sealed class Slope : IObjective<double>
    {
        public double Evaluate(Parameters<double> at, Parameters<double> gradient)
        {
            gradient.Values[0] = 1;
            return at.Values[0];
        }
    }
}
