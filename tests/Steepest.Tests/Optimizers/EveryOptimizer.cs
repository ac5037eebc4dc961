namespace Steepest.Tests;

/// <summary>All optimizers of the registry with their defaults, and those whose settings choose another rule.</summary>
internal static class EveryOptimizer
{
    /// <summary>Those that take mini-batches.</summary>
    public static IEnumerable<Optimizer> ForBatches => All.Where(optimizer => !optimizer.NeedsAllRows);

    public static IEnumerable<Optimizer> All =>
    [
        .. Optimizers.All.Select(o => o.With(new Dictionary<string, double>())),
        new Sgd(0.05, Momentum: 0.9), new Sgd(0.05, Momentum: 0.9, Dampening: 0.5), new Sgd(0.05, Momentum: 0.9, Nesterov: true),
        new Sgd(0.05, WeightDecay: 0.01), new Sgd(0.05, Momentum: 0.9, WeightDecay: 0.01, Decoupled: true),
        new Asgd(0.05, AverageFrom: 3, WeightDecay: 0.01), new Adam(0.01, EpsilonHat: true), new AdamW(0.01, AmsGrad: true),
        new RmsProp(0.01, Momentum: 0.9), new RmsProp(0.01, Centered: true), new RmsProp(0.01, Momentum: 0.9, Centered: true, EpsilonInside: true),
        new NAdam(0.01, WeightDecay: 0.01, Decoupled: true), new AdaBelief(0.01, Epsilon: 1e-8, Rectify: false, AmsGrad: true), new Adan(0.01, MaxNorm: 0.1),
        new Lamb(0.01, MaxNorm: 0), new Adafactor(0.01, Beta1: 0.9, Epsilon: 1e-30, WeightDecay: 0.01, FactorFrom: 5, AddEpsilon: true, Absolute: true), new Muon(0.02, MatchAdam: true),
        new Soap(0.01, ShampooBeta: 0.9, Epsilon: 1e-4, PreconditionFrequency: 3, MaxPreconditionDim: 4, NormalizeGrads: true, CorrectBias: false),
        new Lookahead(new Sgd(0.05, Momentum: 0.9)), new Lookahead(new Adam(0.01), 3, 0.8), new Sam(new Adam(0.01)),
    ];
}
