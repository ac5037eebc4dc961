using Steepest.Compare.Running;

namespace Steepest.Tests.Compare.Running;

public sealed class StepTimesTests
{
    [Fact]
    public void Every_contender_is_measured_on_every_task_that_it_entered()
    {
        var experiment = SmallExperiment.Experiment with { Contenders = [.. SmallExperiment.Experiment.Contenders, SmallExperiment.Of("muon", new Muon(0.01))] };
        var times = StepTimes.Measure(experiment, ExperimentRunner.Refusals(experiment), TestContext.Current.CancellationToken);
        Assert.Equal(
            [("turned-valley", "gradient-descent", 0), ("turned-valley", "adam", 16), ("noisy-quadratic", "gradient-descent", 0), ("noisy-quadratic", "adam", 16), ("noisy-quadratic", "muon", 8)],
            times.Select(time => (time.Task, time.Contender, time.StateBytesPerParameter)));
        Assert.All(times, time => Assert.InRange(time.Milliseconds, double.Epsilon, double.MaxValue));
    }

    [Fact]
    public void Cancelled_before_it_measures_nothing() => Assert.Empty(StepTimes.Measure(SmallExperiment.Experiment, [], new CancellationToken(canceled: true)));
}
