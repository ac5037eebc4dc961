namespace Steepest.Compare.Reports;

/// <summary>Ticks of an axis that is not logarithmic: multiples of 1, 2 or 5 of a power of ten.</summary>
internal static class EvenTicks
{
    private static readonly int[] Multiples = [1, 2, 5, 10];

    /// <summary>The ticks from <paramref name="low"/> to <paramref name="high"/>, at least <paramref name="gap"/> apart.</summary>
    public static List<(double At, string Label)> Of(double low, double high, double gap)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(gap)));
        var step = Multiples.First(multiple => (multiple * unit) >= gap * 0.999) * unit;
        var ticks = new List<(double, string)>();
        for (var count = Math.Ceiling(low / step); count * step <= high; count++)
        {
            // Through a decimal: a multiple of 0.1 is not the number nearest to what it is called.
            var value = Math.Round((decimal)count * (decimal)step, 12);
            ticks.Add(((double)value, value.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−')));
        }

        return ticks;
    }
}
