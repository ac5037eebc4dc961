using System.Buffers.Binary;
using System.Xml.Linq;
using ScottPlot;
using ScottPlot.Plottables;
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

    [Theory, InlineData(1280, 720), InlineData(1920, 1080), InlineData(1120, 630)]
    public void A_note_stands_at_the_lower_right_at_any_size(int width, int height)
    {
        using var with = SKBitmap.Decode((Race with { Note = "one split and one start" }).ToPng(width, height));
        using var without = SKBitmap.Decode((Race with { Note = "" }).ToPng(width, height));
        var changed = from x in Enumerable.Range(0, width) from y in Enumerable.Range(0, height) where with.GetPixel(x, y) != without.GetPixel(x, y) select (x, y);
        Assert.All(changed, at => Assert.True(at.x > width / 2 && at.y > height * 0.9, $"{at}"));
        Assert.NotEmpty(changed);
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
        Assert.Equal("Roboto", Fonts.GetTypeface(ChartStyle.Regular, false, false).FamilyName);
        Assert.NotNull(Fonts.FontResolvers[0].CreateTypeface(ChartStyle.Regular, false, false));
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

    // An engine may give up in an epoch with a loss or before it: said is how many epochs have one.
    [Theory]
    [InlineData(5, 5, "diverged after 5 epochs")]
    [InlineData(5, 4, "diverged after 5 epochs")]
    [InlineData(1, 1, "diverged after 1 epoch")]
    [InlineData(1_600, 1_600, "diverged after 1\u2009600 epochs")]
    public void A_diverged_curve_says_after_how_many_epochs(int epochs, int divergedAt, string expected)
    {
        var chart = Race with { Curves = [Race.Curves[0], Rising(epochs, divergedAt)] };
        Assert.Contains($">{expected}<", chart.ToSvg(), StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_curve_that_diverges_leaves_through_the_top_and_ends_at_a_cross_over_its_last_epoch(bool overflowed)
    {
        double[] loss = [.. Rising(160, 160).Loss.SkipLast(1), overflowed ? double.NaN : 1e300];
        foreach (var others in new[] { Race.Curves, [] })
        {
            var chart = Race with { Curves = [.. others, new LossCurve("bad", "", loss, 3, null, 160)] };
            using var plot = LossPlot.Compose(chart, 1280, 720, dash => dash);
            var cross = Assert.Single(plot.GetPlottables<Marker>(), m => m.MarkerStyle.Shape == MarkerShape.Eks).Location;
            var limits = plot.Axes.GetLimits();
            Assert.Equal(Math.Log10(160), cross.X, 12);
            Assert.InRange(cross.Y, limits.Top - (0.02 * limits.VerticalSpan), limits.Top);
            var line = plot.GetPlottables<Scatter>().Last().Data.GetScatterPoints();
            Assert.Equal(cross, line[^1]);
            Assert.Equal(cross.Y, line.Max(p => p.Y));
            Assert.InRange(line.First(p => p.Y == cross.Y).X, 0, Math.Log10(10));
        }
    }

    [Fact]
    public void A_cross_stands_at_the_last_loss_where_that_is_in_the_picture()
    {
        var chart = Race with { Curves = [Race.Curves[0], new LossCurve("bad", "", [1.2, 1, 1.1], 1, null, 3)] };
        using var plot = LossPlot.Compose(chart, 1280, 720, dash => dash);
        var cross = Assert.Single(plot.GetPlottables<Marker>(), m => m.MarkerStyle.Shape == MarkerShape.Eks).Location;
        Assert.Equal((Math.Log10(3), Math.Log10(1.1)), (cross.X, cross.Y));
    }

    [Fact]
    public void Labels_of_runs_that_diverge_lie_on_no_line()
    {
        // The second rises close before its cross, where its label would stand without that.
        double[] late = [.. Enumerable.Repeat(1.2, 800), .. Enumerable.Repeat(1e300, 100)];
        LossCurve[] curves = [Rising(160, 160), new("late", "", late, 1, null, 900), Falling("Adam", 2, 9_999)];
        using var plot = LossPlot.Compose(Race with { Curves = curves }, 1280, 720, dash => dash);
        using var paint = Paint.NewDisposablePaint();
        _ = plot.GetImageBytes(1280, 720);
        var labels = plot.GetPlottables<ScottPlot.Plottables.Text>().Where(t => t.LabelText.StartsWith("diverged", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, labels.Count);
        foreach (var label in labels)
        {
            var at = plot.GetPixel(label.Location);
            var size = label.LabelStyle.Measure(label.LabelText, paint).Size;
            foreach (var line in plot.GetPlottables<Scatter>().Select(s => s.Data.GetScatterPoints()))
            {
                // Enough steps for less than a pixel each.
                var pixels = line.Zip(line.Skip(1)).SelectMany(p => Enumerable.Range(0, 1_300).Select(k => plot.GetPixel(new Coordinates(
                    p.First.X + (k / 1_300.0 * (p.Second.X - p.First.X)), p.First.Y + (k / 1_300.0 * (p.Second.Y - p.First.Y))))));
                Assert.DoesNotContain(pixels, p => p.X >= at.X && p.X <= at.X + size.Width && p.Y >= at.Y && p.Y <= at.Y + size.Height);
            }
        }
    }

    [Fact]
    public void The_losses_shown_reach_3_times_above_the_others_and_100_times_above_a_start_alone()
    {
        var falling = new LossCurve("a", "", [2, 0.5], 0);
        Assert.Equal(Math.Log10(6), CurvePoints.LossRange([falling, Rising(50, 50)], 0.1).Max, 12);
        Assert.Equal(Math.Log10(120), CurvePoints.LossRange([Rising(50, 50), Rising(20, 20)], 0.1).Max, 12);
        Assert.Equal(Math.Log10(12), CurvePoints.LossRange([Rising(2, 2)], 0.1).Max, 12);
        Assert.Equal(Math.Log10(2), CurvePoints.LossRange([falling], 0.1).Max, 12);
    }

    [Fact]
    public void Capping_keeps_where_a_line_leaves_and_comes_back()
    {
        List<Coordinates> points = [new(0, 0), new(1, 4), new(2, 6), new(3, 5), new(4, 1), new(5, 1)];
        Assert.Equal([new(0, 0), new(0.5, 2), new(3.75, 2), new(4, 1), new(5, 1)], CurvePoints.Cap(points, 2));
        Assert.Equal(points, CurvePoints.Cap(points, 6));
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

    private static LossCurve Rising(int epochs, int divergedAt) => new(
        "bad", "learning rate 100", [.. Enumerable.Range(0, epochs).Select(i => Math.Min(1.2 * Math.Pow(10, i), 1e300))], 3, null, divergedAt);

    private static int DarkPixels(SKBitmap bitmap) => bitmap.Pixels.Count(p => p.Red < 100 && p.Green < 100 && p.Blue < 100);
}
