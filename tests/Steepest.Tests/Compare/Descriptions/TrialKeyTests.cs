using Steepest.Compare;
using Steepest.Compare.Descriptions;
using Steepest.Tests.Commands;

namespace Steepest.Tests.Compare.Descriptions;

public sealed class TrialKeyTests
{
    private static readonly NetworkTask Digits = new("digits", "digits", [32]) { Epochs = 20, BatchSize = 64, Metric = TaskMetric.ValidationLoss };

    private static readonly TrialSpec Usual = new(Digits, new Adam(LearningRate: 0.01), Split: 7, Seed: 42);

    // Kept results are found under these: they change with the version of the numerics alone, or where a result really is another.
    private static readonly (TrialSpec Trial, string Key)[] Held =
    [
        (Usual, "853e7760cca4088ebab94192bfebbd2f66847b3d674bcd38a9d11ba7a44e67e7"),
        (new(new NetworkTask("the article's", "iris", [10])
        {
            Epochs = 2000, Scaling = Scaling.RowsToLengthOne, Activation = Activation.LeakyRelu(), Initializer = Initializer.Uniform(0, 1), ValidationShare = 0, TestShare = 0.33,
        }, new Sgd(new CosineDecay(0.1), Momentum: 0.9), 1, ulong.MaxValue) { KeepsEveryEpoch = true }, "a0bea6483700b6591acc990b8312c9429f42fae4cc669bcccc04abd92f96c102"),
        (Usual with
        {
            Optimizer = new Lookahead(new AdamW(0.001)),
            Groups = [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.1)), ParameterGroup.Frozen("layer1.*") with { Penalty = new Penalty(L2: 0.01) }],
        }, "cf63bff2fe26eb8925742b2fc5ded187d352fabb6870c866a04e39737458bce6"),
    ];

    [Fact]
    public void Keys_of_today_are_those_of_yesterday() =>
        Assert.Equal(string.Join('\n', Held.Select(held => held.Key)), string.Join('\n', Held.Select(held => TrialKey.Of(held.Trial))));

    [Fact]
    public void A_trial_reads_well() => Assert.Equal(
        $$$"""{"content":"{{{Datasets.Digits().ContentHash}}}","numerics":1,"optimizer":{"learning-rate":0.01,"name":"adam"},"seed":"42","split":7,"task":{"batch-size":64,"data":"digits","epochs":20,"hidden":[32],"metric":"validation-loss"}}""",
        TrialJson.Write(Usual));

    [Fact]
    public void Name_and_target_of_a_task_change_no_key() => Assert.Equal(TrialKey.Of(Usual), TrialKey.Of(Usual with { Task = Digits with { Name = "mine", Target = 0.95 } }));

    [Fact]
    public void A_default_that_is_given_changes_no_key() => Assert.Equal(
        TrialKey.Of(Usual),
        TrialKey.Of(Usual with { Task = Digits with { Bias = true, TestShare = 0.2, Activation = Activation.Relu }, Optimizer = new Adam(0.01, 0.9), KeepsEveryEpoch = false }));

    [Fact]
    public void Every_member_changes_the_key()
    {
        TaskSpec[] tasks =
        [
            Digits with { Data = "wine" }, Digits with { Hidden = [] }, Digits with { Hidden = [32, 32] }, Digits with { Epochs = 21 }, Digits with { BatchSize = null },
            Digits with { BatchSize = 65 }, Digits with { Metric = TaskMetric.ValidationAccuracy }, Digits with { Precision = Precision.Float }, Digits with { Scaling = Scaling.None },
            Digits with { Activation = Activation.LeakyRelu() }, Digits with { Activation = Activation.LeakyRelu(0.02) }, Digits with { Initializer = Initializer.Zeros },
            Digits with { Initializer = Initializer.Normal(0, 1) }, Digits with { Initializer = Initializer.Normal(0, 2) }, Digits with { Bias = false },
            Digits with { ValidationShare = 0.1 }, Digits with { TestShare = 0.1 }, Digits with { FixedSplit = 0 }, Digits with { L2 = 0.1 }, Digits with { IsAutoencoder = true },
        ];
        Optimizer[] optimizers =
        [
            new Adam(0.02), new Adam(0.01, 0.8), new AdamW(0.01), new Adam(new CosineDecay(0.01)), new Adam(new CosineDecay(0.01, Steps: 5)),
            new Adam(new WarmUp(0.01, 5)), new Adam(new WarmUp(new CosineDecay(0.01), 5)), new Lookahead(new Adam(0.01)), new Lookahead(new Adam(0.02)), new Sam(new Lookahead(new Adam(0.01))),
            new RootMeanSquare(0.01), new Lookahead(new RootMeanSquare(0.01)),
        ];
        ValueList<ParameterGroup>[] groups =
        [
            [ParameterGroup.Frozen("bias")], [ParameterGroup.Of(ParameterRole.Bias, null)], [ParameterGroup.Of(ParameterRole.Norm, null)], [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.1))],
            [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.1)) with { Penalty = new Penalty() }], [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.1)) with { Penalty = new Penalty(0.1) }],
            [ParameterGroup.Frozen("a"), ParameterGroup.Frozen("b")], [ParameterGroup.Frozen("b"), ParameterGroup.Frozen("a")],
        ];
        TrialSpec[] all =
        [
            Usual, Usual with { Split = 8 }, Usual with { Seed = 43 }, Usual with { Seed = 1UL << 60 }, Usual with { Seed = (1UL << 60) + 1 }, Usual with { KeepsEveryEpoch = true },
            .. tasks.Select(task => Usual with { Task = task }), .. optimizers.Select(optimizer => Usual with { Optimizer = optimizer }), .. groups.Select(some => Usual with { Groups = some }),
        ];
        Assert.Equal(all.Length, all.Select(TrialKey.Of).Distinct().Count());
    }

    [Fact]
    public void A_rule_from_elsewhere_brings_the_version_of_its_module()
    {
        var version = $"{typeof(RootMeanSquare).Assembly.GetName().Name} {typeof(RootMeanSquare).Module.ModuleVersionId}";
        Assert.Contains(version, TrialJson.Write(Usual with { Optimizer = new RootMeanSquare(0.1) }), StringComparison.Ordinal);
        Assert.Contains(version, TrialJson.Write(Usual with { Optimizer = new Sam(new Lookahead(new RootMeanSquare(0.1))) }), StringComparison.Ordinal);
        Assert.Contains(version, TrialJson.Write(Usual with { Groups = [ParameterGroup.Of(ParameterRole.Bias, new RootMeanSquare(0.1))] }), StringComparison.Ordinal);
        Assert.Contains(version, TrialJson.Write(Usual with { Optimizer = new Adam(new WarmUp(new Halving(0.1), 5)) }), StringComparison.Ordinal);
        Assert.DoesNotContain("modules", TrialJson.Write(Usual), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_without_a_name_has_no_key() => Assert.StartsWith(
        "The schedule Nameless", Assert.Throws<SteepestException>(() => TrialKey.Of(Usual with { Optimizer = new Adam(new Nameless(0.1)) })).Message, StringComparison.Ordinal);

    private sealed record Nameless(double Value) : Schedule
    {
        public override double At(long step, long totalSteps) => Value;
    }

    /// <summary>A schedule as a user would write one that can be written down.</summary>
    private sealed record Halving(double From) : Schedule
    {
        public static ScheduleInfo About { get; } = new(
            "halving", "Halves at each step.", "this test", [new("from", double.NaN, Interval.Positive, "the value at the start")], settings => new Halving(settings["from"]));

        public override ScheduleInfo Info => About;

        public override ScheduleSettings Settings => new(new Dictionary<string, double> { ["from"] = From }, [], 0);

        public override double At(long step, long totalSteps) => From * Math.Pow(0.5, step);
    }
}
