using Steepest.Numerics;
using static Steepest.Tests.Numerics.Ulps;

namespace Steepest.Tests.Numerics;

public sealed class NearestCosPiTests
{
    [Fact]
    public void The_cosine_is_the_nearest_double()
    {
        AssertUlps("cos πx", 0.5, Between(0, 2), NearestCosPi.CosPi, ExactReal.CosPi);
        AssertUlps("cos πx near 0", 0.5, Magnitudes(-60, -2), NearestCosPi.CosPi, ExactReal.CosPi);
        AssertUlps("cos πx near ½", 0.5, OfBothSigns(Magnitudes(-53, -2)).Select(x => 0.5 + x).Where(x => x != 0.5), NearestCosPi.CosPi, ExactReal.CosPi);
        AssertUlps("cos πx near 1", 0.5, OfBothSigns(Magnitudes(-52, -2)).Select(x => 1 + x), NearestCosPi.CosPi, ExactReal.CosPi);
    }

    [Fact]
    public void Whole_and_half_turns_have_no_error_and_every_turn_gives_the_same()
    {
        AssertSpecial(NearestCosPi.CosPi, (0, 1), (-0.0, 1), (0.5, 0), (1, -1), (-1, -1), (1.5, 0), (2, 1), (-2.5, 0), (1e300, 1), (0.25, Math.Sqrt(0.5)));
        AssertSpecial(NearestCosPi.CosPi, (double.NaN, double.NaN), (double.PositiveInfinity, double.NaN), (double.NegativeInfinity, double.NaN));
        Assert.All(Between(-2, 2), x => Assert.Equal(NearestCosPi.CosPi(x), NearestCosPi.CosPi(-x)));
        Assert.All(Between(0, 1).Select(x => Math.Round(x * 1024) / 1024), x => Assert.Equal(NearestCosPi.CosPi(x), NearestCosPi.CosPi(x + 4e6)));
    }
}
