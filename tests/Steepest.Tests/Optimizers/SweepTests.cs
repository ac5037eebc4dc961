using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests;

public sealed class DoubleSweepTests : SweepTests<double>;

public sealed class FloatSweepTests : SweepTests<float>;

/// <summary>The optimizers' sweeps at every lane width, to the bit.</summary>
public abstract class SweepTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Length = 96, Steps = 5;

    [Fact]
    public void Gradient_descent_takes_the_same_path_at_every_width()
    {
        var rule = new GradientDescent.Rule<T>(T.CreateChecked(0.1));
        var scalar = Start();
        Sweep<LaneScalar<T>>(scalar);
        AssertSame(scalar, Sweep<Lane128<T>>, Sweep<Lane256<T>>, Sweep<Lane512<T>>);

        void Sweep<V>(T[][] at)
            where V : struct, IKernelLane<V, T>
        {
            for (var step = 1; step <= Steps; step++)
                new Stateless<T, GradientDescent.Rule<T>>.Pass(rule, ref at[0][0], ref at[step + 2][0], Length).Run<V>(0);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Momentum_takes_the_same_path_at_every_width(bool nesterov)
    {
        var rule = new Sgd.Rule<T>(T.CreateChecked(0.1), T.CreateChecked(0.9), T.CreateChecked(0.7), nesterov);
        var scalar = Start();
        Sweep<LaneScalar<T>>(scalar);
        AssertSame(scalar, Sweep<Lane128<T>>, Sweep<Lane256<T>>, Sweep<Lane512<T>>);

        void Sweep<V>(T[][] at)
            where V : struct, IKernelLane<V, T>
        {
            for (var step = 1; step <= Steps; step++)
                new OneState<T, Sgd.Rule<T>>.Pass(rule, ref at[0][0], ref at[step + 2][0], ref at[1][0], Length).Run<V>(0);
        }
    }

    [Fact]
    public void Adam_takes_the_same_path_at_every_width()
    {
        var adam = new Adam(0.1, Epsilon: double.CreateChecked(T.Epsilon));
        var scalar = Start();
        Sweep<LaneScalar<T>>(scalar);
        AssertSame(scalar, Sweep<Lane128<T>>, Sweep<Lane256<T>>, Sweep<Lane512<T>>);

        void Sweep<V>(T[][] at)
            where V : struct, IKernelLane<V, T>
        {
            for (var step = 1; step <= Steps; step++)
            {
                var rule = new Adam.Rule<T>(adam, 0.1, adam.BiasCorrection(step));
                new TwoStates<T, Adam.Rule<T>>.Pass(rule, ref at[0][0], ref at[step + 2][0], ref at[1][0], ref at[2][0], Length).Run<V>(0);
            }
        }
    }

    /// <summary>Parameters, two states, and a gradient for each step: some of it zero, as in padding, some not finite.</summary>
    private static T[][] Start()
    {
        var generator = new Pcg64(9);
        T[][] start = [LaneArguments.Ordinary<T>(generator, Length), new T[Length], new T[Length], .. Gradients(generator)];
        start[0].AsSpan(^8).Clear();
        return start;
    }

    private static IEnumerable<T[]> Gradients(Pcg64 generator)
    {
        for (var step = 0; step < Steps; step++)
        {
            var gradient = LaneArguments.Ordinary<T>(generator, Length);
            gradient.AsSpan(^8).Clear();
            (gradient[3], gradient[20], gradient[40]) = (T.NaN, T.PositiveInfinity, T.Epsilon);
            yield return gradient;
        }
    }

    private static void AssertSame(T[][] scalar, params Action<T[][]>[] sweeps)
    {
        Assert.All(scalar[0][^8..], padding => Assert.Equal(T.Zero, padding));
        foreach (var sweep in sweeps)
        {
            var wide = Start();
            sweep(wide);
            for (var i = 0; i < 3; i++)
                EveryWidth.AssertSameBits<T>(scalar[i], wide[i], $"{sweep.Method.Name}, {(i == 0 ? "parameters" : $"state {i}")}");
        }
    }
}
