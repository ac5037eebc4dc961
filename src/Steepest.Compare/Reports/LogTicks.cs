using System.Globalization;

namespace Steepest.Compare.Reports;

/// <summary>Chooses the values that a logarithmic axis names, as many round ones as fit, and writes them.</summary>
internal static class LogTicks
{
    private static readonly int[][] WithinDecade = [[1, 2, 5], [1, 3], [1]];
    private static readonly int[] DecadeSteps = [2, 3, 5, 10, 20, 50, 100, 200];

    /// <summary>
    /// Ticks for losses between two powers of ten, at least <paramref name="gap"/> decades apart; even steps of the loss where the range holds
    /// no three of 1-2-5.
    /// </summary>
    public static List<(double Log, string Label)> Loss(double low, double high, double gap)
    {
        var digits = WithinDecade.FirstOrDefault(set => SmallestGap(set) >= gap);
        var values = digits is null ? Decades(low, high, gap) : Multiples(low, high, digits);
        return values.Count >= 3 || high - low > 2 ? Named(values) : Even(low, high, gap);
    }

    /// <summary>Ticks for epochs counted from 1: decades, and 1-2-5 when there are only few of those.</summary>
    public static List<(double Log, string Label)> Epochs(double high, double gap)
    {
        var digits = high > 2.2 ? (gap <= 1 ? WithinDecade[^1] : null) : WithinDecade.FirstOrDefault(set => SmallestGap(set) >= gap);
        return Named(digits is null ? Decades(0, high, gap) : Multiples(0, high, digits));
    }

    /// <summary>
    /// A positive number to four significant digits, with thin spaces between thousands,
    /// as a power of ten below 0.0001 and from 100 000 000.
    /// </summary>
    public static string Write(double value) =>
        Write(value, powers: value is < 0.99e-4 or >= 1e8);

    /// <summary>Digits with a thin space before every third from the end of the whole part.</summary>
    public static string Grouped(string digits)
    {
        var end = digits.IndexOf('.', StringComparison.Ordinal);
        for (var i = (end < 0 ? digits.Length : end) - 3; i > 0; i -= 3)
            digits = digits.Insert(i, "\u2009");
        return digits;
    }

    private static string Write(double value, bool powers)
    {
        var exponent = (int)Math.Floor(Math.Log10(value) + 1e-9);
        if (!powers || exponent is 0 or 1)
            return Grouped(Rounded(value).ToString("0.########", CultureInfo.InvariantCulture));
        var digits = (value / Math.Pow(10, exponent)).ToString("0.###", CultureInfo.InvariantCulture);
        var power = exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        return (digits == "1" ? "" : digits + "×") + "10" + string.Concat(power);
    }

    private static decimal Rounded(double value) =>
        decimal.Parse(value.ToString("E3", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static List<(double Log, string Label)> Named(List<double> values)
    {
        var powers = values.Any(v => v is < 0.99e-4 or >= 1e8);
        return [.. values.Select(v => (Math.Log10(v), Write(v, powers)))];
    }

    private static double SmallestGap(int[] digits) => digits.Zip([.. digits.Skip(1), 10], (a, b) => Math.Log10((double)b / a)).Min();

    private static List<double> Multiples(double low, double high, int[] digits) =>
        [.. from exponent in Enumerable.Range((int)Math.Floor(low), (int)(Math.Floor(high) - Math.Floor(low)) + 1)
            from digit in digits
            let value = digit * PowerOfTen(exponent)
            where Holds(low, high, value)
            select value];

    private static List<double> Decades(double low, double high, double gap)
    {
        var step = DecadeSteps.FirstOrDefault(s => s >= gap, DecadeSteps[^1]);
        var values = new List<double>();
        for (var exponent = (int)Math.Ceiling(low / step) * step; exponent <= high; exponent += step)
            values.Add(PowerOfTen(exponent));
        return values;
    }

    private static List<(double Log, string Label)> Even(double low, double high, double gap)
    {
        double from = Math.Pow(10, low), to = Math.Pow(10, high);
        var wanted = Math.Clamp((int)((high - low) / gap / 2), 2, 7);
        var unit = PowerOfTen((int)Math.Floor(Math.Log10((to - from) / wanted)));
        var step = unit * new[] { 1.0, 2, 5, 10 }.First(m => m * unit * wanted >= (to - from) * 0.999);
        var values = new List<double>();
        for (var count = Math.Ceiling(from / step); count * step <= to; count++)
            values.Add(count * step);
        return Named(values);
    }

    private static bool Holds(double low, double high, double value) =>
        value > 0 && Math.Log10(value) >= low - 1e-9 && Math.Log10(value) <= high + 1e-9;

    // Parsed, because a product of tens is not the number nearest to 1e-7.
    private static double PowerOfTen(int exponent) => double.Parse($"1E{exponent}", CultureInfo.InvariantCulture);
}
