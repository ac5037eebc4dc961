using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Networks;

/// <summary>An activation by itself, with its derivative.</summary>
internal static class AppliedActivation
{
    public static (T[] Values, T[] Derivatives) At<T>(Activation activation, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kernels = activation.Kernels<T>();
        var padded = Lanes.Padded<T>(x.Length);
        AlignedBuffer<T> input = new(padded), output = new(padded), trace = new(padded), gradient = new(padded);
        x.CopyTo(input.Span);
        gradient.Span.Fill(T.One);

        kernels.Activate(padded, ref input.First, ref output.First, ref trace.First);
        kernels.MultiplyByDerivative(padded, ref kernels.KeepsTrace ? ref trace.First : ref output.First, ref gradient.First);
        return (output.Span[..x.Length].ToArray(), gradient.Span[..x.Length].ToArray());
    }

    public static (T Value, T Derivative) At<T>(Activation activation, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (values, derivatives) = At<T>(activation, [x]);
        return (values[0], derivatives[0]);
    }
}
