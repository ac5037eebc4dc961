using System.Buffers.Binary;
using System.Xml.Linq;
using SkiaSharp;
using Steepest.Compare.Reports;
using Steepest.Numerics;

namespace Steepest.Tests.Compare;

public class LossChartTests
{
    private const string Title =
        "One learning rate for all (0.01): Adam reaches the target loss in 357 epochs, 53 times fewer than gradient descent";

    private static readonly LossChart Race = new(
        Title,
        "iris · seed 42",
        [Falling("gradient descent", 0, 18_999), Falling("momentum 0.9", 1, 1_901), Falling("Adam", 2, 356)],
        0.1145240654,
        "one run each");

    public static TheoryData<string> OddCharts => [.. Odd.Keys];

    private static Dictionary<string, LossChart> Odd => new()
    {
        ["no curves"] = new("t", "", [], 0.1, ""),
        ["empty curve"] = new("t", "", [new("a", "", [], 0, 3, 4)], null, ""),
        ["NaN and infinity"] = new("t", "", [new("a", "", [1, double.NaN, 0.5, double.PositiveInfinity, 0.2], 0, 1)], 0.3, ""),
        ["single point"] = new("t", "", [new("a", "", [0.7], 0, 0)], 0.7, ""),
        ["zero losses"] = new("t", "", [new("a", "", [1, 0, 0.1, 0], 0, 3), new("b", "", [0, 0], 1, 1)], 0.1, ""),
        ["identical losses"] = new("t", "", [new("a", "", [0.5, 0.5, 0.5], 0)], 0.5, ""),
        ["target that has no logarithm"] = new("t", "", [new("a", "", [1, 0.5], 0, 1)], 0, ""),
        ["reached outside the curve"] = new("t", "", [new("a", "", [1, 0.5], 0, 7), new("b", "", [1, 0.5], -3, -1)], 0.1, ""),
        ["range of doubles"] = new("t", "", [new("a", "", [double.MaxValue, double.Epsilon], 0)], null, ""),
        ["words that do not fit"] = new(
            new string('x', 3000), new string('y', 3000), [new(new string('a', 500), "", [1, 0.5], 0)], null, new string('n', 500)),
        ["markup and control characters"] = new("<b>&\0\n\"\ud800", "]]>", [new("a<", "\t&", [1, 0.5], 0)], null, "\u0001"),
        ["eight curves"] = new("t", "s", [.. Enumerable.Range(0, 8).Select(k => Falling($"c{k}", k, 900 + (17 * k)))], 0.1145, "n"),
    };

    [Theory, InlineData(1280, 720), InlineData(480, 320), InlineData(2001, 901)]
    public void A_png_has_the_asked_size(int width, int height)
    {
        var png = Race.ToPng(width, height);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        Assert.InRange(png.Length, 1_000, 300_000);
    }

    [Fact]
    public void The_same_chart_gives_the_same_bytes()
    {
        Assert.Equal(Race.ToPng(), Race.ToPng());
        Assert.Equal(Race.ToSvg(), Race.ToSvg());
    }

    [Fact]
    public void A_title_leaves_ink()
    {
        using var with = SKBitmap.Decode(Race.ToPng());
        using var without = SKBitmap.Decode((Race with { Title = "" }).ToPng());
        Assert.True(DarkPixels(with) > DarkPixels(without) + 2_000, "fewer than 2,000 more dark pixels with a title");
    }

    // Skia's SVG names the typeface of every text it draws; the machine's fonts could only enter by drawing one of them.
    [Fact]
    public void Every_text_is_drawn_in_the_embedded_font()
    {
        var chart = Race with { Curves = [.. Race.Curves, new LossCurve("bad", "", [1, 2, 9], 3, null, 3)] };
        using var plot = LossPlot.Compose(chart, 1280, 720, new SvgFinish().Disguise);
        var texts = XDocument.Parse(plot.GetSvgXml(1280, 720)).Descendants().Where(e => e.Name.LocalName == "text").ToList();
        Assert.True(texts.Count > 15, $"{texts.Count} texts");
        Assert.All(texts, text => Assert.Matches("^Roboto( Medium, Roboto)?$", (string?)text.Attribute("font-family")));
        Assert.Equal("Roboto", ScottPlot.Fonts.GetTypeface(ChartStyle.Regular, false, false).FamilyName);
        Assert.NotNull(ScottPlot.Fonts.FontResolvers[0].CreateTypeface(ChartStyle.Regular, false, false));
    }

    [Theory, MemberData(nameof(OddCharts))]
    public void An_odd_chart_is_drawn_nevertheless(string name)
    {
        foreach (var (width, height) in new[] { (1280, 720), (480, 320) })
        {
            Assert.NotEmpty(Odd[name].ToPng(width, height));
            Assert.Equal("svg", XDocument.Parse(Odd[name].ToSvg(width, height)).Root!.Name.LocalName);
        }
    }

    [Fact]
    public void A_million_noisy_epochs_of_eight_curves_stay_small()
    {
        var random = new Pcg64(7);
        double[] loss = [.. Enumerable.Range(1, 1_000_000).Select(epoch => random.Uniform(0.5, 1.5) / Math.Sqrt(epoch))];
        var curves = Enumerable.Range(0, 8).Select(k => new LossCurve($"c{k}", "", loss, k)).ToList();
        var chart = new LossChart("noise", "", curves, 0.5, "");
        Assert.InRange(chart.ToSvg().Length, 1_000, 300_000);
        Assert.InRange(chart.ToPng().Length, 1_000, 1_000_000);
    }

    [Fact]
    public void An_svg_holds_its_words_and_its_dashes()
    {
        var svg = Race.ToSvg();
        var root = XDocument.Parse(svg).Root!;
        var texts = root.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Contains(Title, string.Join(' ', texts), StringComparison.Ordinal);
        Assert.Equal(Title, root.Elements().First(e => e.Name.LocalName == "title").Value);
        Assert.Contains("training loss", texts);
        Assert.Contains("epoch", texts);
        Assert.Contains("target 0.1145", texts);
        Assert.Contains("19\u2009000", texts);
        Assert.Contains("Adam · learning rate 0.01", texts);
        // Momentum's and Adam's curves and legend samples, and the target.
        Assert.Equal(5, root.Descendants().Count(e => e.Attribute("stroke-dasharray") is not null));
        Assert.DoesNotContain("#0102", svg, StringComparison.Ordinal);
        Assert.InRange(svg.Length, 1_000, 300_000);
    }

    [Fact]
    public void A_diverged_curve_says_when()
    {
        var chart = Race with { Curves = [Race.Curves[0], new LossCurve("bad", "", [1, 2, 9, 1e9, double.NaN], 1, null, 4)] };
        Assert.Contains(">diverged at epoch 5<", chart.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_out_of_range_is_refused()
    {
        var message = Assert.Throws<SteepestException>(() => Race.ToPng(100, 720)).Message;
        Assert.Equal("A chart of 100 × 720 pixels cannot be drawn; it takes 480 to 8192 across and 320 to 8192 down.", message);
    }

    [Fact]
    public void Thinning_keeps_both_ends_and_the_extremes()
    {
        double[] loss = [.. Enumerable.Range(0, 100_000).Select(i => i switch { 54_321 => 7.0, 65_432 => 0.001, _ => 1 + (i % 2) })];
        var points = CurvePoints.Thin(loss, 0.01);
        Assert.InRange(points.Count, 100, 1_002);
        Assert.Equal((0, 0), (points[0].X, points[0].Y));
        Assert.Equal(5, points[^1].X);
        Assert.Contains(points, p => p.Y == Math.Log10(7));
        Assert.Contains(points, p => p.Y == Math.Log10(0.001));
    }

    [Theory]
    [InlineData(0.09, 1.4, "0.1 0.2 0.5 1")]
    [InlineData(0.55, 0.71, "0.55 0.6 0.65 0.7")]
    [InlineData(1e-8, 1e3, "10⁻⁸ 10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1 10 10² 10³")]
    [InlineData(0.4, 2500, "0.5 1 2 5 10 20 50 100 200 500 1\u2009000 2\u2009000")]
    public void Losses_are_named_in_round_steps(double low, double high, string expected)
    {
        var gap = Math.Log10(high / low) / 14;
        Assert.Equal(expected, string.Join(' ', LogTicks.Loss(Math.Log10(low), Math.Log10(high), gap).Select(t => t.Label)));
    }

    [Theory]
    [InlineData(19_000, "1 10 100 1\u2009000 10\u2009000")]
    [InlineData(50, "1 2 5 10 20 50")]
    public void Epochs_are_named_from_1(int epochs, string expected) =>
        Assert.Equal(expected, string.Join(' ', LogTicks.Epochs(Math.Log10(epochs), 0.2).Select(t => t.Label)));

    private static LossCurve Falling(string label, int place, int reachedAt) => new(
        label,
        "learning rate 0.01",
        [.. Enumerable.Range(0, reachedAt + 1).Select(i => 1.2 * Math.Pow(0.1145 / 1.2, (double)i / reachedAt))],
        place,
        reachedAt);

    private static int DarkPixels(SKBitmap bitmap) => bitmap.Pixels.Count(p => p.Red < 100 && p.Green < 100 && p.Blue < 100);
}
