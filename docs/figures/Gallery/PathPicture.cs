using ScottPlot;
using SkiaSharp;
using Steepest.Compare.Reports;

namespace Steepest.Figures;

/// <summary>Ways over test functions, side by side: each function as tints of its height, and the ways over it in the colours of their places.</summary>
internal static class PathPicture
{
    private const int Height = 512, Panel = 432, Top = 66, Margin = 24, Gap = 28;

    private const int Tints = 12;

    private const float BetweenPieces = 16;

    // Long enough to be seen around the dot of a way that ends there.
    private const float Cross = 11;

    // The tints are as far apart as factors of the height above the least value.
    private const double LowestTint = 0.02, HighestTint = 2500;

    private static readonly SKColor Low = new(0xfc, 0xfc, 0xfa), High = new(0xae, 0xc0, 0xd2);

    /// <summary>Draws them.</summary>
    /// <param name="panels">The ways over one function, and what stands above them: a heading and below it a line in pieces.</param>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(params IReadOnlyList<(string Heading, IReadOnlyList<(string Text, Color Colour)> Line, IReadOnlyList<FunctionPath> Paths)> panels)
    {
        var width = (2 * Margin) + (Gap * (panels.Count - 1)) + panels.Sum(panel => WidthOf(panel.Paths[0].Function));
        using var surface = SKSurface.Create(new SKImageInfo(width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(Sk(ChartStyle.Ground));
        float left = Margin;
        foreach (var (heading, line, paths) in panels)
        {
            var function = paths[0].Function;
            var area = new SKRect(left, Top, left + WidthOf(function), Top + Panel);
            Write(surface.Canvas, heading, left, 14, 18, ChartStyle.Ink, ChartStyle.Medium);
            var pieceLeft = left;
            foreach (var (text, colour) in line) pieceLeft += Write(surface.Canvas, text, pieceLeft, 39, 15, colour, ChartStyle.Regular) + BetweenPieces;
            DrawHeights(surface.Canvas, function, area);
            foreach (var (place, path) in paths.Index()) DrawPath(surface.Canvas, path, place, area);
            left = area.Right + Gap;
        }

        return Png.Of(surface);
    }

    // Both axes in the same scale.
    private static int WidthOf(TestFunction function)
    {
        var (left, right, bottom, top) = function.View;
        return (int)Math.Round(Panel * (right - left) / (top - bottom));
    }

    private static void DrawHeights(SKCanvas canvas, TestFunction function, SKRect area)
    {
        var (left, right, bottom, top) = function.View;
        var least = function.Minima.Min(minimum => function.Value([.. minimum]));
        using var bitmap = new SKBitmap((int)area.Width, (int)area.Height);
        for (var row = 0; row < bitmap.Height; row++)
        {
            for (var column = 0; column < bitmap.Width; column++)
            {
                var x = left + ((column + 0.5) / bitmap.Width * (right - left));
                var y = top - ((row + 0.5) / bitmap.Height * (top - bottom));
                var height = function.Value([x, y]) - least;
                var share = Math.Log(Math.Max(height, LowestTint) / LowestTint) / Math.Log(HighestTint / LowestTint);
                bitmap.SetPixel(column, row, Tint(Math.Min((int)(share * Tints), Tints - 1)));
            }
        }

        canvas.DrawBitmap(bitmap, area.Left, area.Top);
    }

    private static void DrawPath(SKCanvas canvas, FunctionPath path, int place, SKRect area)
    {
        var (left, right, bottom, top) = path.Function.View;
        SKPoint At(ValueList<double> at) => new(
            area.Left + (float)((at[0] - left) / (right - left) * area.Width), area.Top + (float)((top - at[1]) / (top - bottom) * area.Height));

        canvas.Save();
        canvas.ClipRect(area);
        var points = path.Places.Select(At).ToArray();
        using var way = new SKPath();
        way.AddPoly(points, close: false);
        using var line = Brush(ChartStyle.Colour(place), 1.6f);
        line.Color = line.Color.WithAlpha(0xB0);
        canvas.DrawPath(way, line);
        using var fill = Brush(ChartStyle.Colour(place));
        foreach (var point in points) canvas.DrawCircle(point, 2.1f, fill);

        using var ink = Brush(ChartStyle.Ink, 2);
        foreach (var minimum in path.Function.Minima.Select(At))
        {
            canvas.DrawLine(minimum.X - Cross, minimum.Y, minimum.X + Cross, minimum.Y, ink);
            canvas.DrawLine(minimum.X, minimum.Y - Cross, minimum.X, minimum.Y + Cross, ink);
        }

        using var ground = Brush(ChartStyle.Ground);
        canvas.DrawCircle(points[0], 6, ground);
        canvas.DrawCircle(points[0], 6, ink);
        canvas.DrawCircle(points[^1], 6.5f, ground);
        canvas.DrawCircle(points[^1], 5.5f, fill);
        canvas.Restore();
    }

    private static SKColor Tint(int tint)
    {
        byte Between(byte low, byte high) => (byte)(low + ((high - low) * tint / (Tints - 1)));
        return new(Between(Low.Red, High.Red), Between(Low.Green, High.Green), Between(Low.Blue, High.Blue));
    }

    // Gives the width of what it wrote.
    private static float Write(SKCanvas canvas, string text, float x, float y, float size, Color colour, string font)
    {
        using var paint = Paint.NewDisposablePaint();
        var label = ChartStyle.Label(text, size, colour, font);
        label.Render(canvas, new Pixel(x, y), paint);
        return label.Measure(text, paint).Width;
    }

    private static SKPaint Brush(Color colour, float width = 0) => new()
    {
        Color = Sk(colour),
        IsAntialias = true,
        Style = width > 0 ? SKPaintStyle.Stroke : SKPaintStyle.Fill,
        StrokeWidth = width,
        StrokeJoin = SKStrokeJoin.Round,
    };

    private static SKColor Sk(Color colour) => new(colour.R, colour.G, colour.B);
}
