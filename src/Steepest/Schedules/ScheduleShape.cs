using Steepest.Numerics;

namespace Steepest;

/// <summary>The curve that several schedules are made of.</summary>
internal static class ScheduleShape
{
    /// <summary>From one value to another along half a cosine.</summary>
    /// <param name="from">The value at 0.</param>
    /// <param name="to">The value at 1.</param>
    /// <param name="share">0 … 2; past 1 it goes back.</param>
    public static double Cosine(double from, double to, double share) => to + ((from - to) * (1 + NearestCosPi.CosPi(share)) / 2);
}
