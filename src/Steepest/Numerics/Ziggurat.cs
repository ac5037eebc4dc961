using System.Diagnostics;

namespace Steepest.Numerics;

/// <summary>
/// Normal numbers by the ziggurat method: 256 layers of equal area under exp(−x²/2), layer 0 with the tail beyond
/// <see cref="TailStart"/>. The tables and the order of the draws are NumPy's.
/// </summary>
/// <remarks>
/// Sources: Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables" (J. Stat. Software 5(8), 2000), section 2; Doornik,
/// "An Improved Ziggurat Method to Generate Normal Random Samples" (2005), whose table recursion this is; Marsaglia, "Generating a Variable
/// from the Tail of the Normal Distribution" (1964).
/// </remarks>
internal static class Ziggurat
{
    public const int Layers = 256;

    /// <summary>r, the right edge of the lowest full layer.</summary>
    public const double TailStart = 3.6541528853610088;

    /// <summary>
    /// v, the area of a layer. The true value is 4 units in the last place higher; NumPy's tables rest on this one, and a draw is to be
    /// NumPy's.
    /// </summary>
    public const double LayerArea = 0.004928673233974652;

    private const double TailStartInverse = 0.27366123732975827;
    private const double UnitOf52Bits = 1.0 / (1UL << 52);
    private const ulong Lowest52Bits = (1UL << 52) - 1;

    /// <summary>The layer whose height the program that made NumPy's tables rounded to the wrong neighbour (0.502 units off).</summary>
    private const int LayerRoundedUp = 38;

    /// <summary>A layer's right edge xᵢ times 2⁻⁵²; layer 0 has the edge that its area, the tail's included, asks for.</summary>
    public static readonly double[] Widths = new double[Layers];

    /// <summary>2⁵² xᵢ₋₁/xᵢ: a 52-bit draw below it lies under the curve whatever its height.</summary>
    public static readonly ulong[] Thresholds = new ulong[Layers];

    /// <summary>exp(−xᵢ²/2).</summary>
    public static readonly double[] Heights = new double[Layers];

    static Ziggurat()
    {
        Span<double> edges = stackalloc double[Layers];
        edges[Layers - 1] = TailStart;
        for (var i = Layers - 1; i >= 1; i--)
        {
            Heights[i] = NearestExpLog.Exp(-0.5 * edges[i] * edges[i]);
            if (i == LayerRoundedUp)
                Heights[i] = Math.BitIncrement(Heights[i]);
            edges[i - 1] = i > 1 ? Math.Sqrt(-2 * NearestExpLog.Log((LayerArea / edges[i]) + Heights[i])) : 0;
            Thresholds[i] = (ulong)Math.Round(edges[i - 1] / edges[i] / UnitOf52Bits);
            Widths[i] = edges[i] * UnitOf52Bits;
        }

        var baseEdge = LayerArea / Heights[Layers - 1];
        Heights[0] = 1;
        Widths[0] = baseEdge * UnitOf52Bits;
        Thresholds[0] = (ulong)Math.Round(TailStart / baseEdge / UnitOf52Bits);
    }

    public static double Normal(Pcg64 random)
    {
        while (true)
        {
            var bits = random.NextUInt64();
            int layer = (byte)bits;
            var negative = (bits & 0x100) != 0;
            var distance = (bits >> 9) & Lowest52Bits;
            var x = distance * Widths[layer];
            if (negative)
                x = -x;

            if (distance < Thresholds[layer])
                return x;
            if (layer == 0)
                return Tail(random, negative: (distance & 0x100) != 0);
            if (IsUnderTheCurve(random, layer, x))
                return x;
        }
    }

    private static bool IsUnderTheCurve(Pcg64 random, int layer, double x)
    {
        Debug.Assert(layer > 0, "Layer 0 has a tail in place of a wedge.");
        var height = ((Heights[layer - 1] - Heights[layer]) * random.NextDouble()) + Heights[layer];
        return height < NearestExpLog.Exp(-0.5 * x * x);
    }

    private static double Tail(Pcg64 random, bool negative)
    {
        while (true)
        {
            // 1 − u has no rounding error, as u is a multiple of 2⁻⁵³: log(1 − u) is the log1p(−u) of NumPy.
            var x = -TailStartInverse * NearestExpLog.Log(1 - random.NextDouble());
            var y = -NearestExpLog.Log(1 - random.NextDouble());
            if (y + y > x * x)
                return negative ? -(TailStart + x) : TailStart + x;
        }
    }
}
