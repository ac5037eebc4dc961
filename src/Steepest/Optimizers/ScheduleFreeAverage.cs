using System.Numerics;

namespace Steepest;

/// <summary>The average x that Schedule-Free optimizers are evaluated at, made from y and z when it is asked for: x = y + (1 − 1/β)(z − y).</summary>
internal sealed class ScheduleFreeAverage<T>(Parameters<T> y, Parameters<T> z, double momentum)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T share = T.CreateChecked(1 - (1 / momentum));
    private Parameters<T>? x;

    public Parameters<T> Get()
    {
        x ??= new Parameters<T>(y.Layout);
        x.CopyFrom(y);
        x.Add(share, z);
        x.Add(-share, y);
        return x;
    }
}
