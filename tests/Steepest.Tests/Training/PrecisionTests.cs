namespace Steepest.Tests.Training;

public sealed class PrecisionTests
{
    public static TheoryData<string> Optimizers => [.. EveryOptimizer.All.Select(optimizer => optimizer.ToString())];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Float_trains_like_double_with_every_optimizer(string name)
    {
        const int Epochs = 250, Smooth = 50;
        var optimizer = EveryOptimizer.All.First(o => o.ToString() == name);
        var single = SeedRun.Network<float>().Fit(SeedRun.Train, optimizer, Epochs, cancellation: TestContext.Current.CancellationToken);
        var twice = SeedRun.Network<double>().Fit(SeedRun.Train, optimizer, Epochs, cancellation: TestContext.Current.CancellationToken);

        // A float has 24 bits, 6e-8; the path of 250 steps loses a few of them. Steps that do not shrink with the gradient bounce about a minimum, and where a
        // sign decides a step may turn sooner: there the path is compared before it bounces, and afterwards by how far down it is.
        // Prodigy begins with a distance of 1e-6, of which a float keeps one digit; SOAP with eigenvectors of a zero that comes several times, which rounding chooses.
        if (optimizer is LBfgs)
        {
            // It is at the bottom of what a float can tell long before.
            Assert.InRange(single.Loss[30], 0, 0.1);
            return;
        }

        if (optimizer is not (Prodigy or Soap)) Difference.AssertEachWithin(1e-5, 0, [.. twice.Loss.Take(Smooth)], [.. single.Loss.Take(Smooth)], $"float's losses, {optimizer}");
        Assert.Equal(twice.Loss.Min(), single.Loss.Min(), 0.05 * twice.Loss.Min());
    }
}
