using System.Text.Json;
using Steepest.Commands;
using Thing = Steepest.Commands.Description;

namespace Steepest.Tests.Commands;

/// <summary>What the command says of optimizers, wrappers, schedules and test functions.</summary>
public sealed class DescribeTests : IDisposable
{
    // Two columns stay free on both sides of a terminal of 80.
    private const int LongestEquation = 76;

    private static readonly string[] Libraries = ["PyTorch", "Keras", "optax"];

    private readonly Prompt prompt = new() { Own = [RootMeanSquare.About] };

    public static TheoryData<string> Described => [.. Thing.All(Optimizers.All).Select(thing => thing.Name)];

    public void Dispose() => prompt.Dispose();

    [Theory]
    [MemberData(nameof(Described))]
    public void All_have_a_complete_description(string name)
    {
        var description = Thing.Find(Optimizers.All, name);

        Assert.EndsWith(".", description.Summary, StringComparison.Ordinal);
        Assert.NotEmpty(description.Equations);
        Assert.All(description.Equations, equation => Assert.InRange(equation.Length, 1, LongestEquation));
        if (description.Kind == DescribedKind.TestFunction) return;
        Assert.NotEmpty(description.Comment.Sources);
        Assert.All(description.Comment.Sources, source => Assert.Contains(": ", source.Text, StringComparison.Ordinal));
        if (description.Kind == DescribedKind.Schedule) return;
        Assert.NotNull(description.Year);
        Assert.NotNull(description.Comment.State);
        Assert.Equal(Libraries.Order(), description.Comment.Differences.SelectMany(difference => difference.Libraries).Order());
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void Each_letter_that_a_setting_is_called_by_stands_in_the_equations(string name)
    {
        var description = Thing.Find(Optimizers.All, name);
        var letters = description.Settings.Select(row => row.Meaning.Split(", ")[0]).Where(word => word.Length is 1 or 2 && !char.IsAscii(word[0]));

        Assert.All(letters, letter => Assert.Contains(letter, string.Concat(description.Equations), StringComparison.Ordinal));
    }

    [Fact]
    public void A_person_reads_equations_settings_differences_and_sources()
    {
        var said = prompt.Run("describe ADAM");
        var lines = said.Output.Split(Environment.NewLine).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Equal("adam optimizer; Kingma & Ba 2015", lines[0]);
        Assert.Contains("  m ← β₁ m + (1 − β₁) g\n", said.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("beta1 0.9 [0, 1) β₁, how slowly the first moment forgets", lines);
        Assert.Contains("two numbers a parameter; by default 8 bytes a parameter in float", lines);
        Assert.Contains("PyTorch: the same.", lines);
        Assert.Contains("Kingma & Ba 2015: Adam: A Method for Stochastic Optimization", lines);
        Assert.Contains("https://arxiv.org/abs/1412.6980", lines);
    }

    [Fact]
    public void As_JSON_it_is_one_document()
    {
        var json = prompt.Run("describe lamb --format json").Json();

        Assert.Equal(
            ["kind", "name", "title", "type", "summary", "source", "year", "equations", "settings", "state", "statePerParameter", "bytesPerParameter", "differences", "notes", "sources"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("optimizer", 2020, 8), (json.GetProperty("kind").GetString(), json.GetProperty("year").GetInt32(), json.GetProperty("bytesPerParameter").GetInt32()));
        Assert.Equal(["optax", "Keras", "PyTorch"], json.GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("libraries")[0].GetString()));
        Assert.Equal("https://arxiv.org/abs/1904.00962", json.GetProperty("sources")[0].GetProperty("url").GetString());
        Assert.Equal(JsonValueKind.Null, prompt.Run("describe step --format json").Json().GetProperty("settings")[0].GetProperty("default").ValueKind);
    }

    [Fact]
    public void As_Markdown_it_is_a_page()
    {
        var page = prompt.Run("describe sam --format markdown").Output;

        Assert.StartsWith("# SAM\n\nSharpness-aware minimisation (Foret et al. 2021, Algorithm 1): ", page, StringComparison.Ordinal);
        Assert.Contains("\n```text\ne = ρ g / (‖g‖ + 1e-12), over all parameters of the group\n", page, StringComparison.Ordinal);
        Assert.Contains("\n| `radius` | 0.05 | (0, ∞) | ρ, how far to look |\n", page, StringComparison.Ordinal);
        Assert.Contains("\n- **optax**: has it in contrib.\n", page, StringComparison.Ordinal);
        Assert.Contains("](https://arxiv.org/abs/2010.01412)\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_of_a_users_own_says_of_itself_what_no_comment_says()
    {
        var undocumented = new OptimizerInfo("bare", "bare", "nobody 2031", 2, [new("learning-rate", 0.01, Interval.Positive, "how far a step goes")], (rate, _) => new Bare(rate));
        using var own = new Prompt { Own = [undocumented] };
        var json = own.Run("describe bare --format json").Json();

        Assert.Equal("Bare (nobody 2031).", json.GetProperty("summary").GetString());
        Assert.Equal((2031, "2 numbers a parameter; by default 8 bytes a parameter in float"), (json.GetProperty("year").GetInt32(), json.GetProperty("state").GetString()));
        Assert.Empty(json.GetProperty("equations").EnumerateArray());
        Assert.Equal("how far a step goes", Assert.Single(json.GetProperty("settings").EnumerateArray()).GetProperty("meaning").GetString());
        Assert.Equal(0, own.Run("describe bare").Code);
        Assert.Equal(0, own.Run("describe bare --format markdown").Code);
    }

    [Fact]
    public void An_optimizer_of_a_users_own_is_described_by_its_comment_where_its_program_has_them() =>
        Assert.Equal(
            "An optimizer as a user would write one: steps along the gradient over the root of a moving average of its squares (RMSprop).",
            prompt.Run("describe root-mean-square --format json").Json().GetProperty("summary").GetString());

    [Fact]
    public void An_unknown_name_is_refused_with_the_nearest_of_all()
    {
        prompt.Run("describe admm").IsRefusal("There is no optimizer, wrapper, schedule or test function 'admm'; did you mean adam?");
        prompt.Run("describe lookahed").IsRefusal("There is no optimizer, wrapper, schedule or test function 'lookahed'; did you mean lookahead?");
        prompt.Run("describe root-mean-sqare").IsRefusal("There is no optimizer, wrapper, schedule or test function 'root-mean-sqare'; did you mean root-mean-square?");
        prompt.Run("describe adam --format yaml").IsRefusal("The --format is 'yaml', but one of text, markdown, json was expected.");
    }

    [Fact]
    public void Comments_are_read_as_they_are_meant()
    {
        var comment = DocumentationFile.CommentOf(typeof(Commented));

        Assert.Equal("A summary over two lines about Adam and null.", comment.Summary);
        Assert.Equal(["a < b", "  c", "d"], comment.Equations);
        Assert.Equal(["PyTorch", "optax"], Assert.Single(comment.Differences).Libraries);
        Assert.Equal("none.", comment.State);
        Assert.Equal(["PyTorchic or not: a note.", "Another."], comment.Notes);
        Assert.Equal([new Source("Somebody 2001: This & that", "https://example.org"), new Source("Nobody 1999: Lost", null)], comment.Sources);
    }

    /// <summary>A summary
    /// over two lines about <see cref="Adam"/> and <see langword="null"/>.</summary>
    /// <remarks>
    /// <code>
    /// a &lt; b
    ///   c
    /// d
    /// </code>
    /// <para>PyTorch and optax: <c>otherwise</c>.</para>
    /// <para>State: none.</para>
    /// <para>PyTorchic or not: a note.</para>
    /// <para>Another.</para>
    /// </remarks>
    /// <seealso href="https://example.org">Somebody 2001: This &amp; that</seealso>
    /// <seealso>Nobody 1999: Lost</seealso>
    private sealed class Commented;

    // No comment: it stands for a program that was built without them.
    private sealed record Bare(Schedule LearningRate) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info => throw new NotSupportedException();

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => throw new NotSupportedException();
    }
}
