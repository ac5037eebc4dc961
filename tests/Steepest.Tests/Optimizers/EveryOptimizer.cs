namespace Steepest.Tests;

/// <summary>All optimizers of the registry with their defaults, and those whose settings choose another rule.</summary>
internal static class EveryOptimizer
{
    public static IEnumerable<Optimizer> All =>
    [
        .. Optimizers.All.Select(o => o.With(new Dictionary<string, double>())),
        new Sgd(0.05, Momentum: 0.9), new Sgd(0.05, Momentum: 0.9, Dampening: 0.5), new Sgd(0.05, Momentum: 0.9, Nesterov: true),
    ];
}
