using System.Text.Json;

namespace Steepest.Tests.Schedules;

/// <summary>The learning rates and momenta that PyTorch's schedulers give, and transformers' warm-up.</summary>
public sealed class ScheduleGoldenTests
{
    private const int Steps = 60;

    private static readonly JsonElement[] All = [.. Golden.Load("lr_schedules").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Cases => [.. All.Index().Select(c => (c.Index, c.Item.GetProperty("scheduler").GetString()!))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_has_the_learning_rate_and_the_momentum_of_the_reference(int index, string scheduler)
    {
        var expected = All[index];
        var schedule = Of(scheduler, expected.GetProperty("initial_lr").GetDouble(), new(expected.GetProperty("args")));
        var play = schedule.Start();
        var metrics = expected.TryGetProperty("metrics", out var given) && given.ValueKind == JsonValueKind.Array ? given.Vector() : null;
        var (rates, momenta) = (new double[Steps], new double[Steps]);
        for (var step = 0; step < Steps; step++)
        {
            var time = new StepTime(step, Steps, 1);
            (rates[step], momenta[step]) = (play.At(time), play.MomentumAt(time) ?? double.NaN);
            if (metrics is not null) play.AfterEpoch(new(metrics[step], expected.GetProperty("args").GetProperty("mode").GetString() == "max"));
        }

        Difference.AssertEachWithin(1e-10, 1e-14, expected.GetProperty("lr").Vector(), rates, $"{schedule}");
        if (expected.TryGetProperty("momentum", out var momentum))
            Difference.AssertEachWithin(1e-10, 1e-14, momentum.Vector(), momenta, $"momentum of {schedule}");
        else
            Assert.All(momenta, driven => Assert.True(double.IsNaN(driven)));
    }

    private static Schedule Of(string scheduler, double rate, ReferenceSettings s) => scheduler switch
    {
        "StepLR" => new StepDecay(rate, (long)s["step_size"], s["gamma"]),
        "MultiStepLR" => new MultiStepDecay(rate, [.. Enumerable.Range(0, 4).Select(i => (long)s["milestones", i])], s["gamma"]),
        "ExponentialLR" => new ExponentialDecay(rate, s["gamma"]),
        "CosineAnnealingLR" => new CosineDecay(rate, s["eta_min"], (long)s["T_max"], Repeats: true),
        "CosineAnnealingWarmRestarts" => new CosineRestarts(rate, (long)s["T_0"], s["eta_min"], (int)s["T_mult"]),
        "OneCycleLR" => new OneCycle(
            s["max_lr"], null, s.Or("pct_start", 0.3), s.Or("div_factor", 25), s.Or("final_div_factor", 1e4), s.Text("anneal_strategy") == "linear",
            s.IsOn("three_phase"), s.Or("cycle_momentum", true)),
        "CyclicLR" => new Cyclic(
            s["base_lr"], s["max_lr"], (long)s["step_size_up"], s["step_size_down"] == 0 ? null : (long)s["step_size_down"],
            s.Text("mode") switch { "triangular2" => CycleHeight.Halved, "exp_range" => CycleHeight.Fading, _ => CycleHeight.Same }, s.Or("gamma", 1),
            s.Or("cycle_momentum", true)),
        "LinearLR" => new LinearChange(rate * s["start_factor"], rate * s["end_factor"], (long)s["total_iters"]),
        "PolynomialLR" => new PolynomialDecay(rate, 0, s["power"], (long)s["total_iters"]),
        "ConstantLR" => new WarmUp(rate, (long)s["total_iters"], s["factor"], Jumps: true),
        "ReduceLROnPlateau" => new ReduceOnPlateau(
            rate, s["factor"], (int)s["patience"], s.Or("threshold", 1e-4), s.Text("threshold_mode") == "abs", (int)s["cooldown"], s["min_lr"]),
        "WarmupCosine_HF" => new WarmUp(new CosineDecay(rate, s["min_lr"], (long)(s["total"] - s["warmup"]), Repeats: true), (long)s["warmup"], 0),
        "WarmupCosine_plus1" => new WarmUp(new CosineDecay(rate, s["min_lr"], (long)(s["total"] - s["warmup"])), (long)s["warmup"]),
        "SequentialLR(LinearLR,CosineAnnealingLR)" => new WarmUp(
            new CosineDecay(rate, s.In("cosine")["eta_min"], (long)s.In("cosine")["T_max"], Repeats: true), (long)s["milestones", 0], s.In("linear")["start_factor"]),
        _ => throw new ArgumentException($"No schedule {scheduler}.", nameof(scheduler)),
    };
}
