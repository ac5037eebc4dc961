using System.Globalization;
using System.Xml.Linq;
using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>
/// Tidies what Skia writes as SVG. It turns a dashed line into one outline a dash, megabytes for a noisy curve: dashed lines are therefore
/// drawn solid in colours of their own, which are exchanged for the real colour and dash afterwards. It places every letter by itself, for
/// one font only: a word becomes one piece of the right length, in that font or another.
/// </summary>
internal sealed class SvgFinish
{
    private readonly Dictionary<string, LineStyle> lines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A solid line that stands for this one until the end.</summary>
    public LineStyle Disguise(LineStyle line)
    {
        var colour = new Color(1, 2 + (lines.Count / 256), lines.Count % 256);
        lines.Add(colour.ToHex()[..7], line);
        return new LineStyle(line.Width, colour) { StrokeCap = line.StrokeCap, StrokeJoin = line.StrokeJoin };
    }

    public string Apply(string xml, string title, string description)
    {
        var svg = XDocument.Parse(xml).Root!;
        var ns = svg.Name.Namespace;
        foreach (var element in svg.Descendants().Where(e => lines.ContainsKey((string?)e.Attribute("stroke") ?? "")))
        {
            var line = lines[(string)element.Attribute("stroke")!];
            element.SetAttributeValue("stroke", line.Color.ToHex()[..7]);
            if (line.Pattern.Intervals is { Length: > 0 } dash)
                element.SetAttributeValue("stroke-dasharray", string.Join(' ', dash.Select(Number)));
        }

        foreach (var text in svg.Descendants(ns + "text"))
        {
            var font = ((string?)text.Attribute("font-family") ?? "").Contains("Medium", StringComparison.Ordinal)
                ? ChartStyle.Medium
                : ChartStyle.Regular;
            var label = ChartStyle.Label(text.Value.Trim('\n', '\t', ' '), (float)text.Attribute("font-size")!, ChartStyle.Ink, font);
            using var paint = Paint.NewDisposablePaint();
            text.Value = label.Text;
            foreach (var axis in new[] { "x", "y" })
                text.SetAttributeValue(axis, ((string)text.Attribute(axis)!).Split(',')[0]);
            text.SetAttributeValue("textLength", Number(label.Measure(label.Text, paint).Width));
            text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
            text.SetAttributeValue("font-family", "Roboto, Arial, Liberation Sans, system-ui, sans-serif");
            text.SetAttributeValue("font-weight", font == ChartStyle.Medium ? "500" : null);
        }

        // Skia numbers clip paths through the process: the same chart would not give the same bytes.
        foreach (var (clip, number) in svg.Descendants(ns + "clipPath").Select((clip, number) => (clip, number)).ToList())
        {
            var id = (string)clip.Attribute("id")!;
            clip.SetAttributeValue("id", $"plot-{number}");
            foreach (var user in svg.Descendants().Where(e => (string?)e.Attribute("clip-path") == $"url(#{id})"))
                user.SetAttributeValue("clip-path", $"url(#plot-{number})");
        }

        svg.SetAttributeValue("viewBox", $"0 0 {(string?)svg.Attribute("width")} {(string?)svg.Attribute("height")}");
        svg.SetAttributeValue("role", "img");
        svg.AddFirst(new XElement(ns + "title", ChartFrame.Clean(title)), new XElement(ns + "desc", description));
        return svg.ToString() + "\n";
    }

    private static string Number(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
