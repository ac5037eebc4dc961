namespace Steepest.Tests.Commands;

/// <summary>Optimizers of a user's own are named and raced like all others.</summary>
public sealed class OwnOptimizerTests : IDisposable
{
    private readonly Prompt prompt = new() { Own = [RootMeanSquare.About] };

    public void Dispose() => prompt.Dispose();

    [Fact]
    public void It_races_beside_Adam_to_the_epochs_of_the_reference_run()
    {
        var json = prompt.Run(
            "compare --optimizer adam,learning-rate=0.01 --optimizer root-mean-square,learning-rate=0.003/0.01/0.03/0.1/0.3 --reach 0.11452406537724454 --format json").Json();
        var reference = Golden.Load("reach_other_optimizers").GetProperty("runs").EnumerateArray()
            .Where(row => row.GetProperty("optimizer").GetString() == "RMSprop")
            .ToDictionary(row => row.GetProperty("lr").GetDouble(), row => row.GetProperty("first_epoch").GetInt32());
        var own = Run.Of(json).Where(run => run.Optimizer == "root-mean-square").ToArray();

        Assert.Equal(5, own.Length);
        Assert.All(own, run => Assert.Equal(reference[run.LearningRate], run.ReachedAtEpoch));
        Assert.Equal(
            "One learning rate for all (0.01): Adam reaches loss 0.1145 in 357 epochs, 1.2 times fewer than root mean square with 418.",
            json.GetProperty("verdict")[0].GetString());
    }

    [Fact]
    public void It_works_in_float_from_the_same_rule() =>
        Assert.InRange(
            Run.Of(prompt.Run("compare --precision float --optimizer root-mean-square,learning-rate=0.01 --reach 0.2 --format json").Json()).Single().ReachedAtEpoch!.Value,
            Double() - 1,
            Double() + 1);

    [Fact]
    public void Its_settings_are_named_and_told_apart()
    {
        var runs = Run.Of(prompt.Run("compare --epochs 2 --optimizer root-mean-square,fading=0.9/0.99,learning-rate=0.1 --format json").Json());

        Assert.Equal(["root-mean-square,fading=0.9", "root-mean-square"], runs.Select(run => run.Optimizer));
        prompt.Run("compare --optimizer root-mean-square,fadin=0.9").IsRefusal("There is no root-mean-square setting 'fadin'; did you mean fading?");
        prompt.Run("compare --optimizer root-mean-sqare").IsRefusal("There is no optimizer 'root-mean-sqare'; did you mean root-mean-square?");
    }

    [Fact]
    public void It_is_listed_with_its_settings()
    {
        var said = prompt.Run("list optimizers");

        Assert.Contains("root-mean-square  root mean square, this test; 4 bytes of state a parameter in float", said.Output, StringComparison.Ordinal);
        Assert.Contains("how slowly old squares fade", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_cannot_do_is_one_sentence_however_many_runs_say_it()
    {
        using var strict = new Prompt { Own = [Watched.About((run, _) => throw new SteepestException("This optimizer works on Tuesdays."))] };

        strict.Run("compare --optimizer adam --optimizer watched --reach 0.2").IsRefusal("This optimizer works on Tuesdays.");
        Assert.Empty(strict.Files);

        using var late = new Prompt { Own = [Watched.About((run, _) => { if (run > 0) throw new SteepestException("This optimizer works once."); })] };

        late.Run("compare --optimizer adam --optimizer watched --reach 0.2 --threads 4").IsRefusal("This optimizer works once.");
        Assert.Empty(late.Files);
    }

    private int Double() =>
        Run.Of(prompt.Run("compare --optimizer root-mean-square,learning-rate=0.01 --reach 0.2 --format json").Json()).Single().ReachedAtEpoch!.Value;

    [Theory]
    [InlineData("adam", "An optimizer of the program has the name adam, but there is another of that name.")]
    [InlineData("SAM", "An optimizer of the program has the name SAM, but there is another of that name.")]
    [InlineData("my rule(x)", "An optimizer of the program has the name 'my rule(x)', but letters, digits and hyphens were expected, such as sign-descent.")]
    [InlineData("", "An optimizer of the program has the name '', but letters, digits and hyphens were expected, such as sign-descent.")]
    public void An_optimizer_that_cannot_be_named_is_refused(string name, string sentence)
    {
        using var own = new Prompt { Own = [RootMeanSquare.About with { Name = name }] };
        own.Run("list optimizers").IsRefusal(sentence);
    }
}
