using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Tests.Training;

/// <summary>A training takes its parameters twice, the state that its optimizer declares, the activations of one batch and the order of the rows.</summary>
[Collection(nameof(Alone))]
public sealed class TotalMemoryTests
{
    // Objects, names and the padding of some thirty buffers.
    private const long Small = 32 * 1024;

    private const int Features = 60, Classes = 10;

    private static readonly Dataset Data = Tests.Rows.Random(500, Features, Classes, 1);

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void It_is_what_the_formula_says_for_every_optimizer(int? batch)
    {
        // The matrices of Muon and SOAP are larger or smaller than the weights where a layer is not square; L-BFGS takes no mini-batches.
        foreach (var info in Optimizers.All.Where(info => info != Muon.About && info != Soap.About && info != LBfgs.About))
        {
            var optimizer = info.With(new Dictionary<string, double>());
            AssertTakes<double>(new(optimizer, 2, batch), [250, 120], Activation.Relu, info.StatePerParameter + info.WorkPerParameter);
            AssertTakes<float>(new(optimizer, 2, batch), [250, 120], Activation.Relu, info.StatePerParameter + info.WorkPerParameter);
        }
    }

    [Fact]
    public void A_trace_is_one_more_output_a_layer()
    {
        AssertTakes<double>(new(new Adam(0.001), 2, 100), [250, 120], Activation.Gelu, 2);
        AssertTakes<float>(new(new Sgd(0.001, 0.9), 2, 100), [250], Activation.Gelu, 1);
    }

    private static void AssertTakes<T>(TrainingSpec spec, int[] hidden, Activation activation, int statePerParameter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = NetworkSpec.Mlp(Features, hidden, Classes, activation);

        // The first time types are loaded, too.
        Train();
        var taken = Train();
        var expected = Formula<T>(network, spec, hidden, activation, statePerParameter);

        Assert.True(taken >= expected && taken <= expected + Small, $"{spec} in {typeof(T).Name}: it took {taken:N0} bytes, the formula says {expected:N0}.");

        long Train()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            network.Build<T>(1).Fit(Data, spec);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static long Formula<T>(NetworkSpec network, TrainingSpec spec, int[] hidden, Activation activation, int statePerParameter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = spec.BatchSize ?? Data.Rows;
        var stride = (long)Lanes.Padded<T>(rows);
        var parameters = (long)network.Build<T>(1).Parameters.Layout.BufferLength;
        long outputs = hidden.Sum() * (activation == Activation.Gelu ? 2 : 1), gradients = hidden.Sum();

        var numbers = ((2 + statePerParameter) * parameters)
            + (Features * stride) + (rows * (long)Lanes.Padded<T>(Features)) // the batch, feature by feature and row by row
            + (Classes * stride) + stride // its targets and weights
            + ((outputs + Classes) * stride) + (gradients * stride) // what the layers make of it, and their way back
            + (Classes * stride) + stride + (rows * (long)Lanes.Padded<T>(hidden.Max())); // the loss, and the widest layer row by row
        return (numbers * Unsafe.SizeOf<T>()) + (sizeof(int) * rows) + (sizeof(int) * Data.Rows);
    }
}
