using System.Runtime.InteropServices;
using System.Security.Cryptography;

using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public class ZigguratTests
{
    /// <summary>The digests are of NumPy 1.24.2's tables as little-endian words.</summary>
    [Fact]
    public void The_tables_are_NumPys_bit_for_bit()
    {
        Assert.Equal("565295797825931547A1036F5B012A247BE54ABBE077C39FE06C8ED1E9D0A5A9", Digest(Ziggurat.Thresholds));
        Assert.Equal("33C6472209E1D09EA3548F0291E5E1AD67FB4F1D0305E9F1086689584B7BB7FA", Digest(Ziggurat.Widths));
        Assert.Equal("ACD898D9D87E212F657755BA43B21E40958090A7FF2103C9E79F4EA1B0FE2BC5", Digest(Ziggurat.Heights));

        static string Digest<T>(T[] table)
            where T : struct => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<T>(table)));
    }

    /// <summary>Heights up to 1 are rounded to 2⁻⁵³; times an edge near 1, that is some 3e-14 of an area of 0.005.</summary>
    [Fact]
    public void Every_layer_has_the_same_area()
    {
        for (var i = 1; i < Ziggurat.Layers; i++)
        {
            var edge = Math.ScaleB(Ziggurat.Widths[i], 52);
            var area = edge * (Ziggurat.Heights[i - 1] - Ziggurat.Heights[i]);
            Assert.InRange(area / Ziggurat.LayerArea, 1 - 1e-13, 1 + 1e-13);
        }
    }

    /// <summary>Draws of seed 0 that lie beyond the tables' edge; from NumPy 1.24.2.</summary>
    [Fact]
    public void Numbers_of_the_tail_are_NumPys_to_one_ulp()
    {
        var drawn = new double[50_000];
        new Pcg64(0).FillNormal(drawn);
        int[] places = [.. Enumerable.Range(0, drawn.Length).Where(i => Math.Abs(drawn[i]) > Ziggurat.TailStart)];

        int[] expectedPlaces =
        [
            303, 478, 10477, 13325, 14920, 17077, 21106, 21655, 33436, 35034, 35289, 35518, 36758, 38245, 39041, 40592, 45608,
        ];
        Assert.Equal(expectedPlaces, places);
        RandomGolden.AssertWithinOneUlp(
            [
                -3.772275156122734, -3.899421730054339, 3.945549686526577, -3.9193563674218397, -4.023158647557008,
                3.822607778038782, 3.9022461373155584, -4.494117040179167, 3.6964517349850805, -3.6922765784662364,
                -3.868316580845681, 3.826048463589181, 4.731957688635529, 4.083823030413918, 3.8966074598306064,
                3.65705362992381, 3.819273794765826,
            ],
            [.. places.Select(i => drawn[i])]);
    }
}
