using ScottPlot;
using SkiaSharp;

namespace Steepest.Compare.Reports;

/// <summary>The chart's colours, line patterns and type.</summary>
internal static class ChartStyle
{
    public static readonly Color Ink = new("#1b1f24");
    public static readonly Color Ground = new("#fcfcfa");
    public static readonly Color Muted = new("#5d6773");
    public static readonly Color Rule = new("#dfe2e5");

    // No machine has fonts of these names: a Roboto installed there cannot step in.
    public const string Regular = "Steepest Roboto-Regular";
    public const string Medium = "Steepest Roboto-Medium";

    /// <summary>The place of all that have no colour of their own.</summary>
    public const int Other = -1;

    private static readonly Color Grey = new("#A9B0B8");

    // Okabe and Ito (2008), told apart by colour-blind readers too; the dash tells them apart in a grey print.
    private static readonly Color[] Colours =
        [new("#0072B2"), new("#009E73"), new("#D55E00"), new("#CC79A7"), new("#E69F00"), new("#56B4E9")];

    // The same, darkened until text in them stands out from the ground by 4.5 to 1 (WCAG 2.1, 1.4.3).
    private static readonly Color[] TextColours =
        [new("#0072B2"), new("#008460"), new("#BF5400"), new("#A15F83"), new("#9A6A00"), new("#3A7A9E")];

    private static readonly float[][] Dashes =
        [[], [0.1f, 5.2f], [9, 6.5f], [10, 6, 0.1f, 6], [20, 7], [10, 6, 0.1f, 5.5f, 0.1f, 6]];

    static ChartStyle() => Fonts.FontResolvers.Insert(0, new EmbeddedFonts());

    /// <summary>How many colours there are.</summary>
    public static int Count => Colours.Length;

    public static LineStyle TargetLine => new(1, Ink, Pattern(4, 4)) { StrokeCap = SKStrokeCap.Butt };

    public static Color Colour(int place) => place == Other ? Grey : Colours[Wrap(place)];

    public static Color TextColour(int place) => place == Other ? Muted : TextColours[Wrap(place)];

    /// <summary>The line of a place; a second round through the colours meets other patterns.</summary>
    public static LineStyle Line(int place) => new(place == Other ? 1.4f : 2.6f, Colour(place), Pattern(place == Other ? [] : Dashes[Wrap(place + (place / Colours.Length))]))
    {
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
    };

    /// <summary>A label in the embedded font.</summary>
    public static LabelStyle Label(string text, float size, Color colour, string font = Regular) => new()
    {
        Text = text,
        FontName = font,
        FontSize = size,
        ForeColor = colour,
        BorderWidth = 0,
    };

    private static LinePattern Pattern(params float[] lengths) => lengths.Length == 0 ? LinePattern.Solid : new(lengths, 0, "");

    private static int Wrap(int place) => (int)((uint)place % (uint)Colours.Length);

    private sealed class EmbeddedFonts : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
        {
            if (fontName is not (Regular or Medium))
                return null;
            using var stream = typeof(ChartStyle).Assembly.GetManifestResourceStream(fontName["Steepest ".Length..] + ".ttf");
            return SKTypeface.FromStream(stream);
        }

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);
    }
}
