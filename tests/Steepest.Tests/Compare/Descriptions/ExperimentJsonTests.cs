using CsCheck;
using Steepest.Compare;
using Steepest.Compare.Descriptions;
using Steepest.Compare.Tuning;

namespace Steepest.Tests.Compare.Descriptions;

public sealed class ExperimentJsonTests
{
    private static readonly Gen<double> Rate = Gen.Double[1e-5, 1];

    private static readonly Gen<Schedule> Rates = Gen.Select(Gen.Int[0, 3], Rate, Gen.Int[1, 1000]).Select((which, rate, steps) => which switch
    {
        0 => new CosineDecay(rate, Steps: steps),
        1 => new WarmUp(new MultiStepDecay(rate, [steps, 2L * steps], 0.3), steps),
        2 => new EachEpoch(new WarmUp(rate, steps, FromFactor: 0.5, Jumps: true)),
        _ => (Schedule)rate,
    });

    private static readonly Gen<Optimizer> Made = Gen.Select(Gen.Int[0, 6], Rates, Gen.Double[0.1, 0.9]).Select((which, rate, factor) => which switch
    {
        0 => new Adam(rate, factor),
        1 => new Sgd(rate, Momentum: factor, Nesterov: true),
        2 => new Lion(rate),
        3 => new LBfgs(rate),
        4 => new Lookahead(new AdamW(rate), 7, factor),
        5 => new Sam(new Adam(rate), factor),
        _ => (Optimizer)new GradientDescent(rate),
    });

    private static readonly Gen<SearchSpace> Spaces = Gen.Select(Gen.Int[0, 3], Rate, Gen.Double[2, 100]).Select((which, low, factor) => which switch
    {
        0 => SearchSpace.AsSet,
        1 => new SearchSpace([new("learning-rate", low, low * factor)]),
        2 => new SearchSpace([new("learning-rate", low, low * factor, SpaceScale.Linear), new(SpacePoint.Cosine, 0, 1, SpaceScale.Whole)]),
        _ => new SearchSpace([new("learning-rate", low, low * factor)]),
    });

    private static readonly Gen<ContenderGroup> Groups = Gen.Select(Gen.Int[0, 3], Rates, Rate).Select((which, rate, number) => which switch
    {
        0 => new ContenderGroup("bias") { LearningRate = rate },
        1 => new ContenderGroup("layer1.*") { IsFrozen = true },
        2 => new ContenderGroup("norm") { Other = Sgd.About, LearningRate = rate, Changes = [(Sgd.About.FindSetting("weight-decay"), number), (Sgd.About.FindSetting("maximize"), 1)] },
        _ => new ContenderGroup("weight") { Other = Adam.About },
    });

    private static readonly Gen<ExperimentContender> Contenders =
        from optimizer in Made
        from space in Spaces
        from groups in Groups.Array[0, 2]
        from name in Gen.String[Gen.Char['!', 'ÿ'], 1, 10]
        from isTitled in Gen.Bool
        from salt in Gen.ULong
        select new ExperimentContender(new Contender(name, isTitled ? $"the {name}" : name), optimizer, optimizer.LearningRate is Constant ? space : SearchSpace.AsSet)
        {
            Groups = [.. groups],
            Salt = salt % 3 == 0 ? salt : 0,
        };

    private static readonly Gen<TaskSpec> Networks =
        from data in Picked("iris", "wine", "digits", "mails")
        from hidden in Gen.Int[1, 100].Array[0, 3]
        from epochs in Gen.Int[1, 1_000_000]
        from metric in Gen.Enum<TaskMetric>()
        from target in Gen.Double[0, 1].Nullable()
        from scaling in Gen.Enum<Scaling>()
        from activation in Picked(Activation.Relu, Activation.LeakyRelu(0.03), Activation.LeakyRelu(), Activation.Elu(2), Activation.Softplus(3), Activation.Tanh)
        from initializer in Picked<Initializer?>(null, Initializer.He, Initializer.Uniform(0, 1), Initializer.Uniform(-1, 1), Initializer.Normal(0, 0.1), Initializer.Orthogonal(2), Initializer.PyTorch)
        from bias in Gen.Bool
        from batch in Gen.Int[1, 1000].Nullable()
        from share in Gen.Double[0, 0.4]
        from split in Gen.UInt.Nullable()
        from autoencoder in Gen.Bool
        select (TaskSpec)new NetworkTask("network", data, [.. hidden])
        {
            Epochs = epochs,
            Metric = metric,
            Target = target,
            Scaling = scaling,
            Activation = activation,
            Initializer = initializer,
            Bias = bias,
            BatchSize = batch,
            ValidationShare = share,
            TestShare = share / 2,
            FixedSplit = split,
            L2 = share / 3,
            IsAutoencoder = autoencoder,
            Precision = bias ? Precision.Float : Precision.Double,
        };

    private static readonly Gen<TaskSpec> Functions =
        from which in Gen.Int[0, TestFunction.All.Count]
        from number in Gen.Double[0, 10]
        from epochs in Gen.Int[1, 999]
        select which == 0
            ? (TaskSpec)new QuadraticTask("bowl") { Epochs = epochs, Side = epochs + 1, Condition = 1 + number, Noise = number }
            : new FunctionTask("function", TestFunction.All[which - 1]) { Epochs = epochs, StartSpread = number, Noise = number / 2 };

    internal static readonly Gen<Experiment> Experiments =
        from tasks in Gen.OneOf(Networks, Functions).Array[1, 4]
        from contenders in Contenders.Array[2, 5]
        from tries in Gen.Int[2, 50]
        from confirmed in Gen.Int[1, 5]
        from confirmations in Gen.Int[1, 5]
        from extra in Gen.Int[0, 5]
        from seed in Gen.ULong
        from pairs in Gen.Bool
        from isNamed in Gen.Bool
        select new Experiment("any \"name\" – with €", [.. tasks.Select((task, i) => task with { Name = $"{task.Name} {i}" })], [.. contenders.Select((one, i) => Numbered(one, i))])
        {
            Tries = tries,
            Confirmed = Math.Min(confirmed, tries),
            Confirmations = confirmations,
            Seed = seed,
            AllPairs = pairs,
            Baseline = isNamed ? $"{contenders[1].Contender.Name} 1" : null,
            Repeats = Experiment.UsualRepeats(contenders.Length, pairs) + extra,
        };

    private static ExperimentWords Words => new(text => [new ExperimentContender(new Contender(text, text.ToUpperInvariant()), new Adam(0.001), SearchSpaces.UsualFor(new Adam(0.001)))])
    {
        Tasks = [.. TaskCatalog.All.Select(one => one.Task)],
    };

    [Fact]
    public void Any_experiment_comes_back() => Experiments.Sample(
        experiment =>
        {
            var text = ExperimentJson.Write(experiment);
            var back = ExperimentJson.Read(text, "e.json", Words);
            Assert.Equal(experiment, back);
            Assert.Equal(text, ExperimentJson.Write(back));
        },
        iter: 500, threads: 1);

    [Fact]
    public void The_catalogue_comes_back()
    {
        var experiment = new Experiment("all", [.. TaskCatalog.All.Select(one => one.Task)], [Numbered(Of(new Adam(0.001)), 1), Numbered(Of(new Lion(0.0001)), 2)]);
        Assert.Equal(experiment, ExperimentJson.Read(ExperimentJson.Write(experiment), "e.json", Words));
    }

    [Fact]
    public void Little_is_enough()
    {
        var read = ExperimentJson.Read(
            """
            // Two contenders, one task.
            {
              "$schema": "experiment.schema.json",
              "tasks": ["digits", { "data": "iris", "epochs": 5, /* a comment */ }],
              "contenders": ["adam", { "optimizer": { "name": "sgd", "momentum": 0.9, }, "space": { "learning-rate": [1e-3, 1], "momentum": [0.5, 0.99] } }, ],
            }
            """,
            "e.json",
            Words);
        Assert.Equal([TaskCatalog.Digits, new NetworkTask("iris", "iris", []) { Epochs = 5 }], read.Tasks);
        Assert.Equal(["adam", "sgd,momentum=0.9"], read.Contenders.Select(one => one.Contender.Name));
        Assert.Equal([new("learning-rate", 1e-3, 1), new SpaceDimension("momentum", 0.5, 0.99, SpaceScale.LogFromOne)], read.Contenders[1].Space.Dimensions);
        Assert.Equal((10, 25, 3, 42UL, ExperimentName.Of(read)), (read.Repeats, read.Tries, read.Confirmed, read.Seed, read.Name));
    }

    [Theory]
    [InlineData("wide")]
    [InlineData("usual")]
    [InlineData("none")]
    public void A_space_may_be_a_word(string word)
    {
        var space = ExperimentJson.Read($$"""{"tasks":["digits"],"contenders":["a",{"optimizer":{"name":"lion"},"space":"{{word}}"}]}""", "e.json", Words).Contenders[1].Space;
        Assert.Equal(word switch { "wide" => SearchSpaces.WideFor(new Lion(0.0001)), "usual" => SearchSpaces.UsualFor(new Lion(0.0001)), _ => SearchSpace.AsSet }, space);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_file()
    {
        const string Text = """{"tasks":["digits"],"contenders":["a","b"],"repeats":0}""";
        var sentence = Refused(Text);
        Assert.Equal(sentence, Refused("\uFEFF" + Text));
        Assert.StartsWith("'e.json', line 1, column 54: $.repeats is 0", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_count_characters() => Assert.StartsWith(
        "'e.json', line 1, column 25: $.tasks[0]: There is no task 'irs'; did you mean iris?", Refused("""{"name":"€😀", "tasks":["irs"]}"""), StringComparison.Ordinal);

    internal static string Refused(string text) => Assert.Throws<SteepestException>(() => ExperimentJson.Read(text, "e.json", Words)).Message;

    private static Gen<T> Picked<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static ExperimentContender Of(Optimizer optimizer) => new(Contender.Of(optimizer), optimizer, SearchSpaces.UsualFor(optimizer));

    private static ExperimentContender Numbered(ExperimentContender contender, int i)
    {
        var name = $"{contender.Contender.Name} {i}";
        return contender with { Contender = new(name, contender.Contender.Title == contender.Contender.Name ? name : contender.Contender.Title) };
    }
}
