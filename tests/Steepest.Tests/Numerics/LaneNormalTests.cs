using static Steepest.Tests.Numerics.LaneFunctions;
using static Steepest.Tests.Numerics.Ulps;

namespace Steepest.Tests.Numerics;

public sealed class LaneNormalTests
{
    [Fact]
    public void The_error_function_is_within_two_units_in_the_last_place()
    {
        AssertUlps("erf", 2, Between(-6, 6), Erf, ExactReal.Erf);
        AssertUlps("erf where two ways meet", 2, Between(0.9, 1.3), Erf, ExactReal.Erf);
        AssertUlps("erf between", 2, Between(0, 1.1), Erf, ExactReal.Erf);
        AssertUlps("erf near 0", 2, OfBothSigns(Magnitudes(-140, 0)), Erf, ExactReal.Erf);
        AssertUlpsOfFloats("erf", 2, Between(-4, 4), Erf, ExactReal.Erf);
        AssertUlpsOfFloats("erf where two ways meet", 2, Between(0.9, 1.3), Erf, ExactReal.Erf);
        AssertUlpsOfFloats("erf between", 2, Between(0, 1.1), Erf, ExactReal.Erf);
        AssertUlpsOfFloats("erf near 0", 2, OfBothSigns(Magnitudes(-126, 0)), Erf, ExactReal.Erf);
    }

    // Exponential, polynomial, quotient and product are each rounded on their own: five units and no more.
    [Fact]
    public void The_tail_is_within_five_units_in_the_last_place_however_far_out()
    {
        AssertUlps("tail", 5, Between(0, 37.5), Tail, ExactReal.NormalTail);
        AssertUlps("tail near 0", 5, Between(0, 3), Tail, ExactReal.NormalTail);
        AssertUlpsOfFloats("tail", 5, Between(0, 12.9), Tail, ExactReal.NormalTail);
        AssertUlpsOfFloats("tail near 0", 5, Between(0, 3), Tail, ExactReal.NormalTail);
    }

    [Fact]
    public void Special_arguments_give_special_values()
    {
        AssertSpecial(Erf, (0, 0), (-0.0, -0.0), (double.PositiveInfinity, 1), (double.NegativeInfinity, -1), (1e300, 1), (-6, -1), (double.NaN, double.NaN));
        AssertSpecial<float>(Erf, (-0.0f, -0.0f), (float.PositiveInfinity, 1), (-1e30f, -1), (float.NaN, float.NaN));
        AssertSpecial(Tail, (double.PositiveInfinity, 0), (double.NegativeInfinity, 0), (40, 0), (1e300, 0), (double.NaN, double.NaN));
        AssertSpecial(Density, (double.PositiveInfinity, 0), (1e300, 0), (0, 0.3989422804014327), (-0.0, 0.3989422804014327), (double.NaN, double.NaN));
        AssertSpecial<float>(Tail, (float.NegativeInfinity, 0), (15, 0), (float.NaN, float.NaN));
    }
}
