using System.Text;
using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>What stands around the plot: title, subtitle and legend above it, flush left, and the note below it.</summary>
internal sealed class ChartFrame : IPanel
{
    public const float Margin = 28;

    private const float LargestTitle = 25, SmallestTitle = 15, LineSpacing = 1.28f, LegendGap = 13;

    private readonly List<(LabelStyle Label, float Top)> allLines = [];
    private readonly LabelStyle note;
    private readonly Legend legend;
    private readonly float legendTop;

    public ChartFrame(string title, string subtitle, string note, Legend legend, float width)
    {
        using var paint = Paint.NewDisposablePaint();
        float room = width - (2 * Margin), size = LargestTitle;
        while (size > SmallestTitle && Wrap(title, size, ChartStyle.Medium, room, paint).Count > 2)
            size--;
        float top = 22;
        Add(Wrap(title, size, ChartStyle.Medium, room, paint), size, ChartStyle.Ink, ChartStyle.Medium);
        top += 5;
        Add(Wrap(subtitle, 15, ChartStyle.Regular, room, paint), 15, ChartStyle.Muted, ChartStyle.Regular);
        this.note = ChartStyle.Label("", 13, ChartStyle.Muted);
        this.note.Text = Fit(Clean(note), this.note, room, paint);
        this.note.Alignment = Alignment.LowerRight;
        (this.legend, legendTop) = (legend, top + LegendGap);
        // A legend without items has no layout.
        Height = legend.ManualItems.Count == 0
            ? top
            : legendTop + legend.GetLayout(new PixelSize(room, float.PositiveInfinity), paint).LegendRect.Height;

        void Add(List<string> lines, float size, Color colour, string font)
        {
            foreach (var line in lines)
            {
                allLines.Add((ChartStyle.Label(line, size, colour, font), top));
                top += size * LineSpacing;
            }
        }
    }

    /// <summary>How far the heading reaches down.</summary>
    public float Height { get; }

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; }

    public Edge Edge => Edge.Top;

    public bool ShowDebugInformation { get; set; }

    public float Measure(Paint paint) => Height;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) => dataRect;

    public void Render(RenderPack rp, float size, float offset)
    {
        foreach (var (label, top) in allLines)
            label.Render(rp.Canvas, new Pixel(Margin, top), rp.Paint);
        // The figure is told in pixels of the picture, all else in those before the scale.
        var (right, bottom) = (rp.FigureRect.Right / (float)rp.Plot.ScaleFactor, rp.FigureRect.Bottom / (float)rp.Plot.ScaleFactor);
        note.Render(rp.Canvas, new Pixel(right - Margin, bottom - 16), rp.Paint);
        legend.Render(rp.Canvas, rp.Paint, new PixelRect(Margin, right - Margin, Height, legendTop), Alignment.UpperLeft);
    }

    /// <summary>The text on one line, without what neither a picture nor XML can hold.</summary>
    public static string Clean(string text) =>
        string.Join(' ', string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) || r.Value is 0xFFFE or 0xFFFF ? " " : r.ToString()))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The text cut so that it ends with an ellipsis within <paramref name="room"/>; as it stands when it fits.</summary>
    public static string Fit(string text, LabelStyle style, float room, Paint paint)
    {
        if (style.Measure(text, paint).Width <= room)
            return text;
        var length = Fitting(text, room, part => style.Measure(part + "…", paint).Width);
        return text[..length].TrimEnd() + "…";
    }

    private static List<string> Wrap(string text, float size, string font, float room, Paint paint)
    {
        var style = ChartStyle.Label("", size, ChartStyle.Ink, font);
        var lines = Greedy(room);
        // A short last line looks lost: narrow the column for as long as the number of lines stays.
        for (var within = room; lines.Count > 1 && Width(lines[^1]) < room / 2;)
        {
            var narrower = Greedy(within *= 0.97f);
            if (narrower.Count > lines.Count)
                break;
            lines = narrower;
        }

        return lines;

        float Width(string line) => style.Measure(line, paint).Width;

        List<string> Greedy(float within)
        {
            var filled = new List<string>();
            foreach (var word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (filled.Count > 0 && Width(filled[^1] + " " + word) <= within)
                {
                    filled[^1] += " " + word;
                    continue;
                }

                var rest = word;
                for (; Width(rest) > within && rest.Length > 2; rest = rest[Fitting(rest, within, Width)..])
                    filled.Add(rest[..Fitting(rest, within, Width)]);
                filled.Add(rest);
            }

            return filled;
        }
    }

    /// <summary>How many characters fit, at least one, without cutting one in half.</summary>
    private static int Fitting(string text, float room, Func<string, float> width)
    {
        int low = 1, high = text.Length;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (width(text[..middle]) <= room)
                low = middle;
            else
                high = middle - 1;
        }

        return low < text.Length && char.IsLowSurrogate(text[low]) ? Math.Max(low - 1, 2) : low;
    }
}
