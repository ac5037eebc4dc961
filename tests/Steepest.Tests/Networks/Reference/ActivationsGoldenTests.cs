using static Steepest.Tests.Networks.Reference.LayersGolden;

namespace Steepest.Tests.Networks.Reference;

/// <summary>Activations by themselves against PyTorch's values and derivatives.</summary>
public sealed class ActivationsGoldenTests
{
    public static TheoryData<string> Names =>
        [.. Root.GetProperty("activation_table").GetProperty("functions").EnumerateObject().Select(f => f.Name).Where(name => !LeftOut.Contains(name))];

    [Fact]
    public void All_sixteen_activations_of_the_reference_are_compared_but_those_left_out() => Assert.Equal(
        (16, 16 + LeftOut.Length),
        (Names.Count, Root.GetProperty("activation_table").GetProperty("functions").EnumerateObject().Count()));

    [Theory]
    [MemberData(nameof(Names))]
    public void An_activation_and_its_derivative_are_those_of_the_reference(string name)
    {
        var table = Root.GetProperty("activation_table");
        var expected = table.GetProperty("functions").GetProperty(name);
        var x = table.GetProperty("x").Vector();
        var (values, derivatives) = AppliedActivation.At(ActivationOf(name), x);

        CompareWhere("values", expected.GetProperty("y").Vector(), values, _ => true);
        // PyTorch's own versions disagree on the derivative of hard-swish at its kinks.
        CompareWhere("derivatives", expected.GetProperty("dy").Vector(), derivatives, z => name != "hardswish" || Math.Abs(z) != 3);

        void CompareWhere(string what, double[] reference, double[] numbers, Func<double, bool> compared)
        {
            var cutOver = name switch { "softplus" => 20, "softplus_beta2" => 10, _ => double.PositiveInfinity };
            Check(Absolute, z => z <= cutOver);
            // PyTorch goes over to z itself there.
            Check(3e-9, z => z > cutOver);

            void Check(double absolute, Func<double, bool> range)
            {
                int[] places = [.. Enumerable.Range(0, x.Length).Where(i => range(x[i]) && compared(x[i]))];
                Difference.AssertEachWithin(
                    Relative, absolute, [.. places.Select(i => reference[i])], [.. places.Select(i => numbers[i])], $"{what}, {name}");
            }
        }
    }
}
