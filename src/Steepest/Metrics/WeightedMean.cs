using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// The weighted mean of numbers that are added one by one. Their sum is held to some 100 bits and scaled by a power of two, so that neither
/// order nor number nor size of what is added spoils it.
/// </summary>
internal sealed class WeightedMean
{
    /// <summary>Even, and below the power of two in any number or square.</summary>
    private const int BelowEveryPower = -5000;

    /// <summary>What is added is below 4, so a quarter of it leaves the sum below that of the weights, which a double can hold.</summary>
    private const int Room = 2;

    private DoubleDouble weights;

    /// <summary>Σ weight · number, divided by 2 to the power of <see cref="scale"/>.</summary>
    private DoubleDouble sum;
    private int scale = BelowEveryPower;

    /// <summary>The mean; NaN if nothing of any weight was added.</summary>
    public double Value => Math.ScaleB((sum / weights).High, scale);

    /// <summary>The root of the mean, where nothing but squares was added.</summary>
    public double Root => Math.ScaleB(Math.Sqrt((sum / weights).High), scale / 2);

    /// <summary>Whether nothing but zeros was added.</summary>
    public bool IsZero => sum.High == 0;

    /// <summary>This mean divided by another over the same weights.</summary>
    public double Over(WeightedMean other) => Math.ScaleB((sum / other.sum).High, scale - other.scale);

    public void Add(double number, double weight)
    {
        var power = PowerOf(number);
        Add(Math.ScaleB(number, -power), power, weight);
    }

    /// <summary>Adds |a − b|, which may be larger than a double.</summary>
    public void AddDistance(double a, double b, double weight)
    {
        var (mantissa, power) = Distance(a, b);
        Add(mantissa, power, weight);
    }

    /// <summary>Adds (a − b)², which may be larger or smaller than a double.</summary>
    public void AddSquaredDistance(double a, double b, double weight)
    {
        var (mantissa, power) = Distance(a, b);
        Add(mantissa * mantissa, 2 * power, weight);
    }

    private static (double Mantissa, int Power) Distance(double a, double b)
    {
        var distance = Math.Abs(a - b);
        if (double.IsInfinity(distance))
        {
            var (half, halfPower) = Distance(a / 2, b / 2);
            return (half, halfPower + 1);
        }

        var power = PowerOf(distance);
        return (Math.ScaleB(distance, -power), power);
    }

    private static int PowerOf(double number) => number == 0 ? 0 : Math.ILogB(number);

    private void Add(double mantissa, int power, double weight)
    {
        weights += weight;
        if (mantissa == 0 || weight == 0)
            return;
        power += Room;
        if (power > scale)
        {
            sum = new(Math.ScaleB(sum.High, scale - power), Math.ScaleB(sum.Low, scale - power));
            scale = power;
        }

        sum += weight * Math.ScaleB(mantissa, power - Room - scale);
    }
}
