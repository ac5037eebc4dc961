using System.Globalization;
using System.Text.Json;

namespace Steepest.Tests.Training;

/// <summary>The epoch at which the article's loss is reached, by optimizer and learning rate, where rounding does not decide it.</summary>
public sealed class ReachTests
{
    private static readonly JsonElement Others = Golden.Load("reach_other_optimizers");

    private static readonly JsonElement[] OtherRuns = [.. Others.GetProperty("runs").EnumerateArray()];

    public static TheoryData<string, string, double> Rows =>
    [
        .. SeedRun.Runs("reach").Where(row => row.GetProperty("robust_to_summation_order").GetBoolean())
            .Select(row => (
                row.GetProperty("optimizer").GetString()!,
                row.GetProperty("bias_mode").GetString()!,
                row.GetProperty("lr").GetDouble())),
    ];

    public static TheoryData<string, double> OtherRows =>
    [
        .. OtherRuns.Where(row => Other(row.GetProperty("optimizer").GetString()!, 1) is not null && row.GetProperty("robust").GetBoolean())
            .Select(row => (row.GetProperty("optimizer").GetString()!, row.GetProperty("lr").GetDouble())),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_target_is_reached_at_the_epoch_of_the_reference(string optimizer, string bias, double learningRate)
    {
        var row = SeedRun.Runs("reach").Single(r =>
            r.GetProperty("optimizer").GetString() == optimizer
            && r.GetProperty("bias_mode").GetString() == bias
            && r.GetProperty("lr").GetDouble() == learningRate);
        AssertReach(row, "first_epoch_cost_le_target_times_1plus1e9", SeedRun.Optimizer(optimizer, learningRate), bias, row.GetProperty("target"));
    }

    [Theory]
    [MemberData(nameof(OtherRows))]
    public void The_other_optimizers_reach_it_at_the_epoch_of_the_reference(string optimizer, double learningRate)
    {
        var row = OtherRuns.Single(r => r.GetProperty("optimizer").GetString() == optimizer && r.GetProperty("lr").GetDouble() == learningRate);
        var target = Others.GetProperty("header").GetProperty("target");
        AssertReach(row, "first_epoch", Other(optimizer, learningRate)!, "bias", target);
    }

    [Fact]
    public void Enough_rows_of_the_reference_are_compared()
    {
        Assert.Equal(31, Rows.Count);
        Assert.Equal((18 * 7) - 3, OtherRows.Count);
    }

    [Fact]
    public void Gradient_descent_spikes_at_5_and_still_gets_there()
    {
        var history = new Trainer<double>(
            SeedRun.Network<double>(), SeedRun.Train, new(new GradientDescent(5), 5000), StopAt.Loss<double>(ArticleLoss)).Run(Cancellation);

        Assert.Equal((TrainingOutcome.Stopped, 3690), (history.Outcome, history.FirstEpochAt(ArticleLoss)));
        Assert.Equal("22.7", history.Loss.Max().ToString("F1", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Gradient_descent_at_100_diverges_and_keeps_what_it_did()
    {
        var history = SeedRun.Network<double>().Fit(SeedRun.Train, new GradientDescent(100), 1000, cancellation: Cancellation);

        Assert.Equal(TrainingOutcome.Diverged, history.Outcome);
        Assert.InRange(history.DivergedAt!.Value, 120, 200);
        Assert.InRange(history.Loss.Count, history.DivergedAt.Value, history.DivergedAt.Value + 1);
        Assert.All(history.Loss, loss => Assert.True(double.IsFinite(loss)));
        Assert.Null(history.FirstEpochAt(ArticleLoss));
    }

    private static double ArticleLoss => SeedRun.Run("gd", "bias").GetProperty("cost_last").GetDouble();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static void AssertReach(JsonElement row, string property, Optimizer optimizer, string bias, JsonElement target)
    {
        int? expected = row.GetProperty(property) is { ValueKind: JsonValueKind.Number } epoch ? epoch.GetInt32() : null;
        var spec = new TrainingSpec(optimizer, row.GetProperty("max_epochs").GetInt32());
        var trainer = new Trainer<double>(SeedRun.Network<double>(bias), SeedRun.Train, spec, StopAt.Loss<double>(target.GetDouble()));

        var history = trainer.Run(Cancellation);

        // A line search multiplies what rounding changes; the reference itself lets it arrive an epoch sooner or later.
        var reached = history.FirstEpochAt(target.GetDouble());
        if (optimizer is LBfgs && expected is { } there)
            Assert.InRange(reached!.Value, there - 1, there + 1);
        else
            Assert.Equal(expected, reached);
        Assert.Equal(expected is null ? TrainingOutcome.Completed : TrainingOutcome.Stopped, history.Outcome);
        Assert.Equal((reached + 1) ?? spec.Epochs, history.Epochs);
    }

    private static Optimizer? Other(string name, double learningRate) => name switch
    {
        "AMSGrad" => new AmsGrad(learningRate),
        "AdamW weight_decay=0.01" => new AdamW(learningRate),
        "Adamax" => new Adamax(learningRate),
        "NAdam (>=2.0 formula)" => new NAdam(learningRate),
        "RAdam" => new RAdam(learningRate),
        "Adagrad" => new Adagrad(learningRate),
        "RMSprop" => new RmsProp(learningRate),
        "Adadelta" => new Adadelta(learningRate),
        "Rprop" => new Rprop(learningRate),
        "Yogi" => new Yogi(learningRate),
        "Lion" => new Lion(learningRate),
        "Adan" => new Adan(learningRate),
        "ScheduleFreeAdamW (cost at y)" => new ScheduleFreeAdamW(learningRate),
        "LBFGS max_iter=1 strong_wolfe" => new LBfgs(learningRate, History: 100),
        "Prodigy" => new Prodigy(learningRate),
        "SGD momentum=0.9" => new Sgd(learningRate, Momentum: 0.9),
        "SGD momentum=0.9 nesterov" => new Sgd(learningRate, Momentum: 0.9, Nesterov: true),
        "Adam eps=1e-8" => new Adam(learningRate),
        _ => null,
    };
}
