using Steepest.Lab.Races;

namespace Steepest.Lab.Tests;

public sealed class ThinningTests
{
    [Fact]
    public void Of_each_column_the_lowest_and_the_highest_stay_on_either_axis()
    {
        const int Columns = 50, Length = 5000;
        double[] values = [.. Enumerable.Range(1, Length).Select(n => Math.Sin(n * 0.7) / n)];
        var thinning = new Thinning(Columns, Length);
        for (var n = 1; n <= Length; n++) thinning.Add(n, values[n - 1]);
        var kept = thinning.Take(all: true).ToDictionary(point => point.Epoch, point => point.Value);

        foreach (var place in (Func<int, int>[])[n => Columns * n / Length, n => (int)(Columns * Math.Log(n) / Math.Log(Length))])
        {
            foreach (var column in Enumerable.Range(1, Length).GroupBy(place))
            {
                var shown = column.Where(kept.ContainsKey).Select(n => kept[n]).ToArray();
                Assert.Equal((column.Min(n => values[n - 1]), column.Max(n => values[n - 1])), (shown.Min(), shown.Max()));
            }
        }
    }

    [Fact]
    public void What_was_taken_is_not_told_again()
    {
        var thinning = new Thinning(10, 100);
        thinning.Add(1, 5);
        Assert.Equal([(1, 5.0)], thinning.Take(all: true));
        thinning.Add(2, 4);
        Assert.Equal([(2, 4.0)], thinning.Take(all: true));
        Assert.Empty(thinning.Take(all: true));
    }

    [Fact]
    public void A_single_epoch_is_a_curve() => Assert.Equal([(1, 2.0)], Once());

    private static IReadOnlyList<(int, double)> Once()
    {
        var thinning = new Thinning(900, 1);
        thinning.Add(1, 2);
        return thinning.Take(all: true);
    }
}
