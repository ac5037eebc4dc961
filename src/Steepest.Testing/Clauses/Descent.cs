namespace Steepest.Testing;

/// <summary>It descends: on a bowl, in a narrow valley that lies askew, and in Rosenbrock's bent one.</summary>
internal sealed class GoesDown : Clause
{
    private const int Steps = 3000;

    private static readonly double[] Rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

    /// <summary>What may remain of the value at the start: plain gradient descent leaves less than half of it.</summary>
    private static readonly (string Function, double Share)[] Goals = [("bowl", 1e-3), ("valley", 1e-2), ("rosenbrock", 0.15)];

    public override string Name => "it goes down the test functions";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        foreach (var (name, share) in Goals)
        {
            var function = TestFunction.Find(name);
            try
            {
                optimizer.CreateStepper(new Parameters<double>(ParameterLayout.Of<double>(("place", ParameterRole.Weight, [function.Dimensions]))));
            }
            catch (SteepestException e)
            {
                return DoesNotApply($"it does not train a place of two numbers: {e.Message}");
            }

            // A cosine, since steps by signs never let go of a constant rate.
            var start = function.Value([.. function.Start]);
            var best = Rates.Min(rate => function.Descend<double>(optimizer with { LearningRate = new CosineDecay(rate) }, Steps) is { Places.Count: Steps + 1 } path
                ? path.Values.Last()
                : double.PositiveInfinity);
            if (!(best <= share * start))
                return Broken($"on {name} it comes from {Text.Of(start)} to {Text.Of(best)} in {Text.Of(Steps)} steps with the best of seven learning rates, but at most {Text.Of(share * start)} was expected");
        }

        return Kept;
    }
}

/// <summary>Where it can be told to maximize, the way up is the way down mirrored.</summary>
internal sealed class ClimbsWhereAsked : Clause
{
    private const string Maximize = "maximize";

    public override string Name => "told to maximize, it climbs as it would descend";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        if (!optimizer.Settings.TryGetValue(Maximize, out var maximizes)) return DoesNotApply($"it has no setting {Maximize}");
        var other = optimizer.Info.With(optimizer.LearningRate, new Dictionary<string, double>(optimizer.Settings) { [Maximize] = 1 - maximizes });
        var down = Plain<double>.Run(optimizer, Plain<double>.Matrices, steps: 10).Parameters;
        var up = Plain<double>.Run(other, Plain<double>.Matrices, steps: 10, sign: -1).Parameters;
        return Bits.Difference<double>(down.Values, up.Values, "with gradient and direction turned the parameters after 10 steps differ") is { } difference ? Broken(difference) : Kept;
    }
}

/// <summary>In float it trains as in double, but for what a float cannot tell.</summary>
internal sealed class FloatNearDouble : Clause
{
    // Steps by signs, estimates that grow from 1e-6 and bases that rounding chooses make paths part in time: there it counts how far down they lead.
    private const int Epochs = 30, Early = 3;

    /// <summary>How far apart the losses of an early epoch may be, and the lowest of all, as a part of the first.</summary>
    private const double EarlyShare = 1e-3, Share = 0.02;

    public override string Name => "float trains like double";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var single = SmallTraining.Trainer(SmallTraining.Network<float>(), optimizer, Epochs).Run().Loss;
        var twice = SmallTraining.Trainer(SmallTraining.Network<double>(), optimizer, Epochs).Run().Loss;
        foreach (var (epoch, (found, expected)) in single.Zip(twice).Take(Early).Index())
        {
            if (!(Math.Abs(found - expected) <= EarlyShare * twice[0]))
                return Broken($"in epoch {Text.Of(epoch + 1)} the loss is {Text.Of(found)} in float and {Text.Of(expected)} in double, but they may differ by {Text.Of(EarlyShare)} of the first");
        }

        var (lowest, lowestTwice) = (single.Min(), twice.Min());
        return KeptIf(
            Math.Abs(lowest - lowestTwice) <= Share * twice[0],
            $"in {Text.Of(Epochs)} epochs the lowest loss is {Text.Of(lowest)} in float and {Text.Of(lowestTwice)} in double, but they may differ by {Text.Of(Share)} of the first");
    }
}
