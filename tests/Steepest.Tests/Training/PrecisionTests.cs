namespace Steepest.Tests.Training;

public sealed class PrecisionTests
{
    [Fact]
    public void Float_trains_like_double_with_every_optimizer()
    {
        foreach (var optimizer in EveryOptimizer.All)
        {
            var single = SeedRun.Network<float>().Fit(SeedRun.Train, optimizer, 250, cancellation: TestContext.Current.CancellationToken);
            var twice = SeedRun.Network<double>().Fit(SeedRun.Train, optimizer, 250, cancellation: TestContext.Current.CancellationToken);

            // A float has 24 bits, 6e-8; the path of 250 steps loses a few of them. Where signs decide, a gradient near zero may turn a step sooner.
            var tolerance = optimizer is Rprop or Lion ? 1e-3 : 3e-6;
            Difference.AssertEachWithin(tolerance, 0, [.. twice.Loss], [.. single.Loss], $"float's losses, {optimizer}");
        }
    }
}
