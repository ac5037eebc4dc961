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

            // A float has 24 bits, 6e-8; the path of 250 steps loses a few of them.
            Difference.AssertEachWithin(3e-6, 0, [.. twice.Loss], [.. single.Loss], $"float's losses, {optimizer}");
        }
    }
}
