using System.Text.Json;

namespace Steepest.Tests.Commands;

/// <summary>What can be asked of <c>steepest compare</c>, and how.</summary>
public sealed class CompareGrammarTests : IDisposable
{
    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Fact]
    public void A_list_of_learning_rates_is_one_contender_at_each() => Assert.Equal(
        [("adam", 0.01), ("adam", 0.03), ("adam", 0.1)],
        Contenders("--optimizer adam,learning-rate=0.01/0.03/0.1"));

    [Fact]
    public void Lists_of_other_settings_are_a_contender_for_each_combination() => Assert.Equal(
        [
            ("adam,beta1=0.8,beta2=0.99", 0.1),
            ("adam,beta1=0.8", 0.1),
            ("adam,beta2=0.99", 0.1),
            ("adam", 0.1),
        ],
        Contenders("--optimizer adam,beta1=0.8/0.9,learning-rate=0.1,beta2=0.99/0.999"));

    [Theory]
    [InlineData("on", "sgd,momentum=0.9,nesterov=on")]
    [InlineData("true", "sgd,momentum=0.9,nesterov=on")]
    [InlineData("OFF", "sgd,momentum=0.9")]
    [InlineData("false", "sgd,momentum=0.9")]
    public void A_switch_is_on_or_off(string typed, string name) =>
        Assert.Equal([(name, 0.1)], Contenders($"--optimizer sgd,momentum=0.9,nesterov={typed},learning-rate=0.1"));

    [Fact]
    public void A_list_of_both_switches_is_two_contenders() => Assert.Equal(
        [("sgd,momentum=0.9,nesterov=on", 0.1), ("sgd,momentum=0.9", 0.1)],
        Contenders("--optimizer sgd,momentum=0.9,nesterov=on/off,learning-rate=0.1"));

    [Fact]
    public void Names_and_settings_may_be_typed_in_any_case() =>
        Assert.Equal([("gradient-descent", 0.5)], Contenders("IRIS --optimizer Gradient-Descent,Learning-Rate=5e-1"));

    [Fact]
    public void A_number_given_twice_in_a_list_races_once() =>
        Assert.Equal([("adam", 0.01)], Contenders("--optimizer adam,learning-rate=0.01/1e-2"));

    [Fact]
    public void Without_a_learning_rate_a_contender_races_at_seven() => Assert.Equal(
        [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
        Contenders("--optimizer adam").Select(contender => contender.Rate).Order());

    [Fact]
    public void Contenders_stand_in_the_order_in_which_they_are_named_with_the_common_rate_first() => Assert.Equal(
        [("adam", 0.3), ("sgd", 0.3), ("adam", 0.1), ("sgd", 0.2)],
        Contenders("--optimizer adam,learning-rate=0.1/0.3 --optimizer sgd,learning-rate=0.2/0.3"));

    [Theory]
    [InlineData("adam,learning-rate=0.1,group=bias(beta1:0.5)", "adam,group=bias(beta1:0.5)")]
    [InlineData("adam,learning-rate=0.1,group=layer1.*(frozen)", "adam,group=layer1.*(frozen)")]
    [InlineData("adam,group=bias(optimizer:sgd;learning-rate:0.2;momentum:0.9),learning-rate=0.1", "adam,group=bias(optimizer:sgd;learning-rate:0.2;momentum:0.9)")]
    [InlineData("adam,learning-rate=0.1,group=bias(optimizer:lookahead(sgd,momentum=0.9);k:3)", "adam,group=bias(optimizer:lookahead(sgd,momentum=0.9);k:3)")]
    [InlineData("adam,learning-rate=0.1,group=bias(learning-rate:cosine(from:0.3)),group=*.weight(maximize:off)", "adam,group=bias(learning-rate:cosine(from:0.3)),group=*.weight(maximize:off)")]
    public void Groups_of_segments_are_part_of_a_contender(string typed, string name) => Assert.Equal([(name, 0.1)], Contenders($"--optimizer {typed}"));

    [Fact]
    public void The_verdict_names_a_group_and_a_schedule_as_they_are_spelled()
    {
        Assert.StartsWith("Adam, bias(frozen) (0.1) reaches loss ", Verdict("adam,learning-rate=0.1,group=bias(frozen)"), StringComparison.Ordinal);
        Assert.StartsWith("Adam (beta1 0.8, learning rate 0.1) reaches loss ", Verdict("adam,learning-rate=0.1,beta1=0.8"), StringComparison.Ordinal);
        Assert.StartsWith("SGD, cosine(from:0.1;steps:3) reaches loss ", Verdict("sgd,learning-rate=cosine(from:0.1;steps:3)"), StringComparison.Ordinal);

        string Verdict(string optimizer) => Race($"--epochs 5 --optimizer {optimizer}").GetProperty("verdict")[0].GetString()!;
    }

    [Fact]
    public void Groups_train_as_in_the_library()
    {
        var runs = Run.Of(prompt.Run("compare --optimizer adam,group=bias(frozen) --optimizer adam --epochs 30 --format json").Json());
        var task = Steepest.Compare.RaceTask.Article.Prepare();
        foreach (var run in runs.Where(run => run.Optimizer == "adam,group=bias(frozen)"))
        {
            var network = task.Network.Build<double>(42);
            var training = new TrainingSpec(new Adam(run.LearningRate), run.Epochs, null, 42) { Groups = [ParameterGroup.Of(ParameterRole.Bias, null)] };
            Assert.Equal(run.FinalLoss, network.Fit(task.Train, training, cancellation: TestContext.Current.CancellationToken).Loss[^1]);
        }

        Assert.NotEqual(runs[0].FinalLoss, runs.First(run => run.Optimizer == "adam" && run.LearningRate == runs[0].LearningRate).FinalLoss);
    }

    [Theory]
    [InlineData("group=bias", "The group of adam is 'bias', but a group such as bias(weight-decay:0) or layer1.*(frozen) was expected.")]
    [InlineData("group=bias()", "The group of adam is 'bias()', which changes nothing; a group such as bias(weight-decay:0) or layer1.*(frozen) was expected.")]
    [InlineData("group=bias(beta1:0.5;Beta1:0.6)", "The group of adam is 'bias(beta1:0.5;Beta1:0.6)', in which beta1 is given twice.")]
    [InlineData("group=bias(beta3:1)", "There is no adam setting 'beta3'; did you mean beta1?")]
    [InlineData("group=bias(beta1:1)", "The beta1 of adam is 1, but it must lie in [0, 1).")]
    [InlineData("group=bias(optimizer:sdg;momentum:0.9)", "There is no optimizer 'sdg'; did you mean sgd?")]
    [InlineData("group=bias(beta1:0.8;Beta1:0.7)", "The group of adam is 'bias(beta1:0.8;Beta1:0.7)', in which beta1 is given twice.")]
    [InlineData("group=bias(learning-rate:0.1/0.2)", "The learning-rate of adam is '0.1/0.2', but a number was expected.")]
    [InlineData("group=bias(optimizer:muon)", "The optimizer muon trains matrices, but none of layer1.bias, layer2.bias is one.")]
    [InlineData("group=layer1.bias(optimizer:muon)", "The optimizer muon trains matrices, but layer1.bias is not one.")]
    [InlineData("group=bias(optimizer:l-bfgs) --batch-size 10", "The optimizer l-bfgs needs all rows at every step, but an epoch has 10 steps; leave out the batch size.")]
    [InlineData("group=bias(learning-rate:1e-50) --precision float", "The learning-rate of adam is 1e-50, which is zero in float.")]
    [InlineData("group=bias(learning-rate:one-cycle(peak:0.1;steps:3))", "The schedule one-cycle is over after 3 steps, but the run takes 5,000; leave out its steps, or give as many.")]
    [InlineData("group=bias(frozen),group=bias(beta1:0)", "The parameter group of role Bias matches only segments that groups before it take; there are layer1.weight, layer1.bias, layer2.weight, layer2.bias.")]
    [InlineData("group=*(frozen)", "All segments of the parameters are frozen, so that there is nothing to train.")]
    [InlineData("group=layer9.*(frozen)", "The parameter group 'layer9.*' matches no segment; there are layer1.weight, layer1.bias, layer2.weight, layer2.bias.")]
    [InlineData("group=norm(frozen)", "The parameter group of role Norm matches no segment; there are layer1.weight, layer1.bias, layer2.weight, layer2.bias.")]
    public void A_group_that_is_not_one_is_refused(string group, string sentence)
    {
        prompt.Run($"compare --optimizer adam,{group}").IsRefusal(sentence);
        Assert.Empty(prompt.Files);
    }

    [Fact]
    public void A_loss_to_reach_ends_each_run_at_its_first_epoch_there()
    {
        var race = Race("--optimizer adam,learning-rate=0.01 --reach 0.2");
        var run = Assert.Single(Run.Of(race));

        Assert.Equal(0.2, race.GetProperty("target").GetDouble());
        Assert.Equal(run.Epochs - 1, run.ReachedAtEpoch);
        Assert.InRange(run.FinalLoss!.Value, 0.19, 0.2);
        Assert.Equal("0.2", Race("--optimizer adam,learning-rate=0.01 --reach loss=0.2").GetProperty("target").GetRawText());
    }

    [Fact]
    public void An_accuracy_to_reach_is_a_share_of_the_training_rows()
    {
        var race = Race("--optimizer adam,learning-rate=0.01 --reach accuracy=0.95");

        Assert.Equal(0.95, race.GetProperty("target").GetDouble());
        Assert.NotNull(Run.Of(race).Single().ReachedAtEpoch);
        Assert.StartsWith("Adam (0.01) reaches accuracy 0.95 in ", race.GetProperty("verdict")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hidden none", "network 4-3, leaky-relu(0.01); full batch, double, seed 42")]
    [InlineData("--hidden 64,32", "network 4-64-32-3, leaky-relu(0.01); full batch, double, seed 42")]
    [InlineData("--activation leaky-relu(slope:0.2)", "network 4-10-3, leaky-relu(0.2); full batch, double, seed 42")]
    [InlineData("--activation TANH", "network 4-10-3, tanh; full batch, double, seed 42")]
    [InlineData("--no-bias", "network 4-10-3, leaky-relu(0.01), no bias; full batch, double, seed 42")]
    [InlineData("--batch-size 32", "network 4-10-3, leaky-relu(0.01); batches of 32, double, seed 42")]
    [InlineData("--batch-size 100", "network 4-10-3, leaky-relu(0.01); full batch, double, seed 42")]
    [InlineData("--precision float", "network 4-10-3, leaky-relu(0.01); full batch, float, seed 42")]
    [InlineData("--seed 4294967295", "network 4-10-3, leaky-relu(0.01); full batch, double, seed 4294967295")]
    public void The_table_says_what_was_raced_on(string options, string said)
    {
        var output = prompt.Run($"compare --epochs 2 {options}").Output;

        Assert.Contains($"iris, rows of length 1, 100 training and 50 test rows; {said}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hidden none")]
    [InlineData("--hidden 9")]
    [InlineData("--activation tanh")]
    [InlineData("--no-bias")]
    [InlineData("--batch-size 99")]
    [InlineData("--seed 43")]
    [InlineData("--precision float")]
    [InlineData("--initializer he")]
    [InlineData("--initializer uniform(low:0;high:0.5)")]
    [InlineData("--initializer uniform(low:-1)")]
    public void Every_option_of_the_task_changes_the_losses(string option) =>
        Assert.NotEqual(FinalLoss(string.Empty), FinalLoss(option));

    // From the article's start all sums in the hidden layer are positive, and the ReLU family is one.
    [Theory]
    [InlineData("leaky-relu(slope:0.2)")]
    [InlineData("relu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("identity")]
    public void Each_activation_changes_the_losses_where_some_sums_are_negative(string activation) =>
        Assert.NotEqual(FinalLoss("--initializer uniform(low:-1)"), FinalLoss($"--initializer uniform(low:-1) --activation {activation}"));

    [Theory]
    [InlineData("--hidden 10")]
    [InlineData("--activation leaky-relu")]
    [InlineData("--activation leaky-relu(slope:0.01)")]
    [InlineData("--activation leaky-relu()")]
    [InlineData("--batch-size 100")]
    [InlineData("--batch-size 5000")]
    [InlineData("--seed 42")]
    [InlineData("--precision double")]
    [InlineData("--initializer uniform")]
    [InlineData("--initializer Uniform(low:0;high:1)")]
    [InlineData("--threads 1")]
    public void An_option_at_its_default_changes_nothing(string option) =>
        Assert.Equal(FinalLoss(string.Empty), FinalLoss(option));

    [Fact]
    public void Without_biases_the_numbers_are_those_of_the_reference_run()
    {
        var race = Race("--no-bias --optimizer gradient-descent,learning-rate=0.01/0.03/0.1/0.3/1 --optimizer adam,epsilon=5e-324");
        var runs = Run.Of(race);

        Assert.Equal(0.11649874982435231, race.GetProperty("target").GetDouble(), 1e-12);
        Assert.Equal(
            [(0.01, 18_999), (0.03, 6_333), (0.1, 1_900), (0.3, 634), (1, 415)],
            runs.Where(run => run.Optimizer == "gradient-descent").OrderBy(run => run.LearningRate).Select(run => (run.LearningRate, run.ReachedAtEpoch!.Value)));
        Assert.Equal(
            [(0.001, 2_454), (0.003, 874), (0.01, 276), (0.03, 101), (0.1, 39), (0.3, 125), (1, 61)],
            runs.Where(run => run.Optimizer == "adam,epsilon=5e-324").OrderBy(run => run.LearningRate).Select(run => (run.LearningRate, run.ReachedAtEpoch!.Value)));
    }

    [Fact]
    public void The_epochs_given_are_the_budget_of_every_run_and_the_250_of_the_article_fall_away()
    {
        var runs = Run.Of(Race("--epochs 7"));

        Assert.Equal(21, runs.Count);
        Assert.All(runs, run => Assert.InRange(run.Epochs, 1, 7));
        Assert.Equal(7, runs[0].Epochs);
    }

    [Theory]
    [InlineData("wine", "13-10-3", 119, 59)]
    [InlineData("breast-cancer", "30-10-2", 381, 188)]
    [InlineData("digits", "64-10-10", 1203, 594)]
    public void The_other_data_sets_are_standardised_and_named_in_the_folder(string data, string network, int train, int test)
    {
        var said = prompt.Run($"compare {data} --epochs 3 --batch-size 64");

        Assert.Equal(0, said.Code);
        Assert.Contains(
            $"{data}, features standardised, {train:N0} training and {test} test rows; network {network}, leaky-relu(0.01); batches of 64, double, seed 42",
            said.Output,
            StringComparison.Ordinal);
        Assert.Contains($"steepest-{data}-1/race.json", prompt.Files);
    }

    [Fact]
    public void The_table_has_a_row_for_each_run_the_verdict_and_where_results_are()
    {
        var said = prompt.Run("compare --optimizer adam,learning-rate=0.01/0.1 --optimizer sgd,momentum=0.9,learning-rate=0.01 --reach 0.1145240653772");
        var rows = said.Output.Split(Environment.NewLine).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();

        Assert.Equal(0, said.Code);
        Assert.Equal(string.Empty, said.Error);
        Assert.Contains(rows, row => row.StartsWith("Adam 0.01 357 0.114282 356 48 of 50 ", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("Adam ● 0.1 86 0.114061 85 47 of 50 ", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("momentum 0.9 0.01 1,902 0.114509 1,901 49 of 50 ", StringComparison.Ordinal));
        Assert.Contains(
            "One learning rate for all (0.01): Adam reaches loss 0.1145 in 357 epochs, 5.3 times fewer than momentum 0.9 with 1,902.", rows);
        Assert.Contains($"Pictures, curves and numbers are in steepest-iris-1{Path.DirectorySeparatorChar}", rows);
    }

    private JsonElement Race(string options) => prompt.Run($"compare {options} --format json").Json();

    private double FinalLoss(string option) =>
        Run.Of(Race($"--epochs 3 --optimizer gradient-descent,learning-rate=0.1 {option}")).Single().FinalLoss!.Value;

    private IEnumerable<(string Optimizer, double Rate)> Contenders(string options) =>
        Run.Of(Race($"{options} --epochs 2")).Select(run => (run.Optimizer, run.LearningRate));
}
