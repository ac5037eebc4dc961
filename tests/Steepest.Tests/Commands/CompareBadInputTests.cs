namespace Steepest.Tests.Commands;

/// <summary>What cannot be used is refused in one sentence on standard error: exit code 2, nothing on standard output, nothing on the disk.</summary>
public sealed class CompareBadInputTests : IDisposable
{
    private const string Options =
        "--optimizer, --reach, --hidden, --activation, --no-bias, --batch-size, --epochs, --seed, --precision, --initializer, --threads, --out, --force, --format, --repeats, --tries, --space, --baseline, --all-pairs, --name, --store, --help";

    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Theory]
    [InlineData("compre", "There is no steepest command 'compre'; did you mean compare?")]
    [InlineData("race", "There is no steepest command 'race'; there are compare, surface, judge, runs, list, describe, lab.")]
    [InlineData("--verbose", "There is no steepest option '--verbose'; there are --help, --version.")]
    [InlineData("list", "Nothing follows steepest list, but data or optimizers or wrappers or schedules or functions or tasks was expected.")]
    [InlineData("runs", "Nothing follows steepest runs, but list or show or delete or export was expected.")]
    [InlineData("runs shw", "There is no steepest runs command 'shw'; did you mean show?")]
    [InlineData("runs list x", "The argument 'x' after steepest runs list is one too many.")]
    [InlineData("runs list", "There is no store 'steepest.db'; name another with --store.")]
    [InlineData("runs show x --store other.db", "There is no store 'other.db'; name another with --store.")]
    [InlineData("runs list --store .", "The store '.' is a folder, but a file was expected.")]
    [InlineData("runs list --format csv", "The --format is 'csv', but table or json was expected.")]
    [InlineData("runs export x --format xml", "The --format is 'xml', but csv or json was expected.")]
    [InlineData("list optimizer", "There is no steepest list command 'optimizer'; did you mean optimizers?")]
    [InlineData("list data iris", "The argument 'iris' after steepest list data is one too many.")]
    [InlineData("list data --formt json", "There is no steepest list data option '--formt'; did you mean --format?")]
    [InlineData("list optimizers --format csv", "The --format is 'csv', but table or json was expected.")]
    [InlineData("compare irsi", "There is no data set 'irsi'; did you mean iris?")]
    [InlineData("compare mnist", "There is no data set 'mnist'; there are iris, wine, breast-cancer, digits, mails.")]
    [InlineData("compare iris wine", "The argument 'wine' after steepest compare is one too many.")]
    [InlineData("compare --optimizr adam", "There is no steepest compare option '--optimizr'; did you mean --optimizer?")]
    [InlineData("compare --optimizr=adam", "There is no steepest compare option '--optimizr'; did you mean --optimizer?")]
    [InlineData("compare --Seed 42", "There is no steepest compare option '--Seed'; did you mean --seed?")]
    [InlineData("compare quick --hidden 5", "The suite quick has its own networks, so that --hidden cannot be given; name a data set to compare on another network.")]
    [InlineData("compare rosenbrock --batch-size 5", "The task rosenbrock has its own networks, so that --batch-size cannot be given; name a data set to compare on another network.")]
    [InlineData("compare digits --tries 5 --repeats 6 --reach 0.1", "The --reach is loss 0.1, but the task digits is measured by its validation accuracy.")]
    [InlineData("compare iris --repeats 6", "With 6 repeats no verdict on 2 comparisons is possible, whatever the results; 7 repeats or more are needed.")]
    [InlineData("compare iris --repeats 0", "The --repeats is '0', but a whole number of at least 1 was expected.")]
    [InlineData("compare iris --tries 1", "The --tries is '1', but a whole number of at least 2 was expected.")]
    [InlineData("compare iris --space narrow", "The --space is 'narrow', but usual or wide was expected.")]
    [InlineData("compare iris --repeats 10 --baseline adan", "There is no contender 'adan'; there are gradient-descent, sgd,momentum=0.9, adam,epsilon=5e-324.")]
    [InlineData("compare iris --name x --repeats 10 --optimizer adam", "The experiment x has one contender, but a comparison needs two or more.")]
    [InlineData("compare breast-cancer --repeats 10 --optimizer adam --optimizer l-bfgs", "The contender l-bfgs can enter no task; on breast-cancer: needs the exact gradient of all rows at every step")]
    [InlineData("compare missing.json", "'missing.json': there is no such file, but that of an experiment was expected.")]
    [InlineData("compare iris --repeats 10 --store .", "The store '.' is a folder, but a file was expected.")]
    [InlineData("compare --quiet", $"There is no steepest compare option '--quiet'; there are {Options}.")]
    [InlineData("compare @answers", "There is no data set '@answers'; there are iris, wine, breast-cancer, digits, mails.")]
    public void An_unknown_word_is_named_with_the_nearest_known_one(string line, string sentence) => IsRefused(line, sentence);

    [Theory]
    [InlineData("--optimizer", "Nothing follows --optimizer, but a value was expected.")]
    [InlineData("--optimizer adam --optimizer", "Nothing follows --optimizer, but a value was expected.")]
    [InlineData("--epochs", "Nothing follows --epochs, but a value was expected.")]
    [InlineData("--out --force", "After --out stands '--force', but a value was expected.")]
    [InlineData("--epochs 5 --epochs 6", "The --epochs is given twice, but one was expected.")]
    [InlineData("--seed 1 --seed 1 --seed 1", "The --seed is given more than once, but one was expected.")]
    public void An_option_has_one_value(string options, string sentence) => IsRefused($"compare {options}", sentence);

    [Theory]
    [InlineData("adma", "There is no optimizer 'adma'; did you mean adam?")]
    [InlineData("adam,beta=0.9", "There is no adam setting 'beta'; did you mean beta1?")]
    [InlineData("adam,momentum=0.9", "There is no adam setting 'momentum'; there are learning-rate, beta1, beta2, epsilon, weight-decay, maximize, epsilon-hat.")]
    [InlineData("adam,", "The --optimizer 'adam,' has the setting '', but key=value was expected.")]
    [InlineData("adam,beta1", "The --optimizer 'adam,beta1' has the setting 'beta1', but key=value was expected.")]
    [InlineData("adam,learning-rate=0,1", "The --optimizer 'adam,learning-rate=0,1' has the setting '1', but key=value was expected.")]
    [InlineData("adam,beta1=0.8,Beta1=0.7", "The --optimizer 'adam,beta1=0.8,Beta1=0.7' gives beta1 twice.")]
    [InlineData("adam,learning-rate=1,learning-rate=1", "The --optimizer 'adam,learning-rate=1,learning-rate=1' gives learning-rate twice.")]
    [InlineData("adam,beta1=1", "The beta1 of adam is 1, but it must lie in [0, 1).")]
    [InlineData("adam,epsilon=0", "The epsilon of adam is 0, but it must lie in (0, ∞).")]
    [InlineData("sgd,momentum=0.9/one", "The momentum of sgd is 'one', but a number or a list such as 0.01/0.03 was expected.")]
    [InlineData("sgd,momentum=0.9,nesterov=maybe", "The nesterov of sgd is 'maybe', but one of on, off, true, false was expected.")]
    [InlineData("sgd,nesterov=on", "The nesterov of sgd is on with a momentum of 0 and a dampening of 0, but it needs a momentum above 0 and a dampening of 0.")]
    [InlineData("sgd,learning-rate=cosin(from:0.1;to:0)", "There is no schedule 'cosin'; did you mean cosine?")]
    [InlineData("sgd,learning-rate=cosine(to:0)", "The schedule cosine needs from: the value at the start.")]
    [InlineData("sgd,learning-rate=cosine(from:0.1;stepps:5)", "There is no cosine setting 'stepps'; did you mean steps?")]
    [InlineData("sgd,learning-rate=multi-step(from:0.1)", "The schedule multi-step needs at, such as at:30/60.")]
    [InlineData("sgd,learning-rate=warm-up(steps:5)", "The schedule warm-up needs then, such as then:cosine(from:0.1).")]
    [InlineData("sgd,learning-rate=cosine(from:0.1", "The learning-rate of sgd is 'cosine(from:0.1', but a name(key:value;key:value) was expected.")]
    [InlineData("lookahead", "The wrapper lookahead needs another optimizer in brackets: write lookahead(sgd).")]
    [InlineData("lookahed(sgd)", "There is no wrapper 'lookahed'; did you mean lookahead?")]
    [InlineData("lookahead(sgd),k=0", "The k of lookahead(sgd) is 0, but it must be one of 1, 2, ….")]
    [InlineData("lookahead(sgd,momentum=0.8/0.9)", "The momentum of sgd is '0.8/0.9', but a number was expected.")]
    [InlineData("lookahead(sgd,momentum=0.8,momentum=0.9)", "In 'sgd,momentum=0.8,momentum=0.9' momentum is given twice.")]
    [InlineData("lookahead(sgd,learning-rate=0.1)", "The learning-rate in lookahead(sgd,learning-rate=0.1) stands inside brackets, but it belongs after them: write lookahead(sgd),learning-rate=0.1.")]
    [InlineData("lookahead(sgd,group=bias(frozen))", "The group in 'sgd,group=bias(frozen)' stands inside brackets, but it belongs after the outermost optimizer.")]
    [InlineData("adamw,weight-decay=-0.1", "The weight-decay of adamw is -0.1, but it must lie in [0, ∞).")]
    [InlineData("adam,epsilon=-1", "The epsilon of adam is -1, but it must lie in (0, ∞).")]
    [InlineData("l-bfgs --batch-size 10", "The optimizer l-bfgs needs all rows at every step, but an epoch has 10 steps; leave out the batch size.")]
    [InlineData("sam(l-bfgs) --batch-size 99", "The optimizer sam(l-bfgs) needs all rows at every step, but an epoch has 2 steps; leave out the batch size.")]
    [InlineData("sgd,learning-rate=one-cycle(peak:0.1;steps:3) --epochs 5", "The schedule one-cycle is over after 3 steps, but the run takes 5; leave out its steps, or give as many.")]
    [InlineData("sgd,learning-rate=warm-up(steps:2;then:one-cycle(peak:0.1;steps:2)) --epochs 5", "The schedule one-cycle is over after 2 steps, but the run takes 3; leave out its steps, or give as many.")]
    [InlineData("lookahead(sgd,momentum=2)", "The momentum of sgd is 2, but it must lie in [0, 1).")]
    [InlineData("adam --optimizer adam", "The contender adam is named twice; give it once, with its learning rates as learning-rate=0.01/0.03.")]
    [InlineData("adam --optimizer adam,beta1=0.9,learning-rate=3", "The contender adam is named twice; give it once, with its learning rates as learning-rate=0.01/0.03.")]
    [InlineData("adam,epsilon=5e-324 --precision float", "The epsilon of adam is 5e-324, which is zero in float; the smallest that is not is 1e-45.")]
    [InlineData("adam,learning-rate=1e-50 --precision float", "The learning-rate of adam is 1e-50, which is zero in float.")]
    [InlineData("adam,learning-rate=1e50 --precision float", "The learning-rate of adam is 1e+50, which is not a positive finite number in float.")]
    public void An_optimizer_is_known_with_settings_in_their_ranges(string optimizer, string sentence) =>
        IsRefused($"compare --optimizer {optimizer}", sentence);

    [Theory]
    [InlineData("0", "is 0, but it must lie in (0, ∞)")]
    [InlineData("-1", "is -1, but it must lie in (0, ∞)")]
    [InlineData("0.1/-0.1", "is -0.1, but it must lie in (0, ∞)")]
    [InlineData("NaN", "is NaN, but it must lie in (0, ∞)")]
    [InlineData("Infinity", "is Infinity, but it must lie in (0, ∞)")]
    [InlineData("1e999", "is Infinity, but it must lie in (0, ∞)")]
    [InlineData("inf", "is 'inf', but a number or a list such as 0.01/0.03 was expected")]
    [InlineData("fast", "is 'fast', but a number or a list such as 0.01/0.03 was expected")]
    [InlineData("", "is '', but a number or a list such as 0.01/0.03 was expected")]
    [InlineData("0.1/", "is '', but a number or a list such as 0.01/0.03 was expected")]
    public void A_learning_rate_is_a_positive_finite_number(string rate, string found) =>
        IsRefused($"compare --optimizer gradient-descent,learning-rate={rate}", $"The learning-rate of gradient-descent {found}.");

    [Theory]
    [InlineData("--epochs")]
    [InlineData("--batch-size")]
    [InlineData("--threads")]
    public void Counts_are_whole_numbers_from_1(string option)
    {
        foreach (var text in (string[])["0", "-1", "1.5", "1e3", "many", "1,000"])
        {
            IsRefused($"compare {option} {text}", $"The {option} is '{text}', but a whole number of at least 1 was expected.");
        }

        IsRefused($"compare {option} 99999999999", $"The {option} is '99999999999', but a whole number from 1 to 2147483647 was expected.");
    }

    [Theory]
    [InlineData("--hidden 0", "A layer of --hidden is '0', but a whole number of at least 1 was expected.")]
    [InlineData("--hidden 10,,5", "A layer of --hidden is '', but a whole number of at least 1 was expected.")]
    [InlineData("--hidden -3", "A layer of --hidden is '-3', but a whole number of at least 1 was expected.")]
    [InlineData("--hidden 2147483647", "The network 4-2147483647-3 needs room for 322,122,547,050 numbers in one layer, but at most 100,000,000 were expected.")]
    [InlineData("--hidden 50000,50000", "The network 4-50000-50000-3 needs room for 2,500,050,000 numbers in one layer, but at most 100,000,000 were expected.")]
    [InlineData("--activation relo", "There is no activation 'relo'; did you mean relu?")]
    [InlineData("--activation relu(slope:1)", "The --activation is relu, which has no setting 'slope'.")]
    [InlineData("--activation leaky-relu(slop:1)", "There is no leaky-relu setting 'slop'; did you mean slope?")]
    [InlineData("--activation leaky-relu(slope:steep)", "The slope of leaky-relu is 'steep', but a number was expected.")]
    [InlineData("--activation leaky-relu(slope:-1)", "The slope of leaky-relu is -1, but it must be a finite number that is not negative.")]
    [InlineData("--activation leaky-relu(0.2)", "The --activation is 'leaky-relu(0.2)', in which '0.2' is not key:value.")]
    [InlineData("--activation leaky-relu(slope:1", "The --activation is 'leaky-relu(slope:1', but a name(key:value;key:value) was expected.")]
    [InlineData("--initializer unifrm", "There is no initializer 'unifrm'; did you mean uniform?")]
    [InlineData("--initializer he(low:0)", "The --initializer is he, which has no setting 'low'.")]
    [InlineData("--initializer uniform(low:1;high:0)", "The initializer uniform has the bounds 1 and 0, but they must be finite and the first less than the second.")]
    [InlineData("--initializer uniform(low:NaN)", "The initializer uniform has the bounds NaN and 1, but they must be finite and the first less than the second.")]
    [InlineData("--precision half", "The --precision is 'half', but double or float was expected.")]
    [InlineData("--format xml", "The --format is 'xml', but one of table, markdown, json was expected.")]
    [InlineData("--seed -1", "The --seed is '-1', but a whole number from 0 to 4294967295 was expected.")]
    [InlineData("--seed 4294967296", "The --seed is '4294967296', but a whole number from 0 to 4294967295 was expected.")]
    [InlineData("--seed today", "The --seed is 'today', but a whole number from 0 to 4294967295 was expected.")]
    [InlineData("--reach 0", "The --reach is '0', but a loss must be finite and above 0.")]
    [InlineData("--reach -0.1", "The --reach is '-0.1', but a loss must be finite and above 0.")]
    [InlineData("--reach NaN", "The --reach is 'NaN', but a loss must be finite and above 0.")]
    [InlineData("--reach low", "The --reach is 'low', but a number was expected.")]
    [InlineData("--reach accuracy=1.01", "The --reach is 'accuracy=1.01', but an accuracy must be above 0 and at most 1.")]
    [InlineData("--reach accuracy=95%", "The accuracy of --reach is '95%', but a number was expected.")]
    [InlineData("--reach acuracy=0.9", "The metric of --reach is 'acuracy', but loss or accuracy was expected.")]
    public void Every_other_option_says_what_it_takes(string option, string sentence) => IsRefused($"compare {option}", sentence);

    [Fact]
    public void A_split_that_leaves_a_class_empty_says_which_and_what_to_do()
    {
        double[] features = [.. Enumerable.Range(0, 20)];
        int[] labels = [.. Enumerable.Repeat(0, 18), 1, 1];
        var rare = Dataset.Classification("rare", features, ["x"], labels, ["common", "rare"]);

        var bad = Assert.Throws<SteepestException>(() => rare.Split(test: 0.1, seed: 3));

        Assert.Equal("With seed 3, the split of data 'rare' leaves class 'rare' without a test row; ask for a larger test share, another seed or a stratified split.", bad.Message);
    }

    private void IsRefused(string line, string sentence)
    {
        prompt.Run(line).IsRefusal(sentence);
        Assert.Empty(prompt.Files);
    }
}
