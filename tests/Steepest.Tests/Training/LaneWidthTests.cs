using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Steepest.Numerics;

namespace Steepest.Tests.Training;

/// <summary>Whole runs in processes that are forbidden the wider lanes.</summary>
public sealed class LaneWidthTests
{
    private const string File = "STEEPEST_FINGERPRINT_FILE";

    private static readonly Lazy<string[]> AtFullWidth = new(Fingerprint);

    /// <summary>The tests below start this one again in a process of its own, and name a file for what it found.</summary>
    [Fact]
    public void Whole_runs_repeat_to_the_last_bit()
    {
        var fingerprint = AtFullWidth.Value;
        Assert.Equal(fingerprint, Fingerprint());
        if (Environment.GetEnvironmentVariable(File) is { } file) System.IO.File.WriteAllLines(file, [$"{LaneBits()}", .. fingerprint]);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 64)]
    public async Task Whole_runs_have_the_same_bits_with_narrower_lanes(string forbidden, int bits)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var file = Path.GetTempFileName();
        try
        {
            var program = Path.Combine(AppContext.BaseDirectory, "Steepest.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
            var method = $"{typeof(LaneWidthTests).FullName}.{nameof(Whole_runs_repeat_to_the_last_bit)}";
            var start = new ProcessStartInfo(program, ["-method", method])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { [forbidden] = "0", [File] = file },
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, output);

            var lines = await System.IO.File.ReadAllLinesAsync(file, cancellation);
            Assert.Equal($"{Math.Min(bits, LaneBits())}", lines[0]);
            Assert.Equal(AtFullWidth.Value, lines[1..]);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static int LaneBits()
    {
        var width = default(Width);
        Lanes.Run<double, Width>(ref width);
        return width.Bits;
    }

    private static string[] Fingerprint() =>
    [
        .. EveryOptimizer.All.Select(optimizer => Hash(SeedRun.Network<double>(), new(optimizer, 20), SeedRun.Train)),
        Hash(SeedRun.Network<double>(), new(new Adam(0.01), 50), SeedRun.Train),
        Hash(SeedRun.Network<float>(), new(new Adam(0.01), 50), SeedRun.Train),
        Hash(DigitsNetwork(Activation.Tanh).Build<double>(seed: 1), new(new Sgd(0.01, 0.9), 1, BatchSize: 100), Datasets.Digits()),
        Hash(DigitsNetwork(Activation.Sigmoid).Build<float>(seed: 1), new(new Sgd(0.01, 0.9), 1, BatchSize: 100), Datasets.Digits()),
        Hash(EveryLayer.Build<double>(seed: 1), EverySetting, Datasets.Digits()),
        Hash(EveryLayer.Build<float>(seed: 1), EverySetting, Datasets.Digits()),
        .. Losses.Select(loss => Hash(EveryActivation.Build<double>(seed: 1), new(new Adam(0.01), 2, BatchSize: 32) { Loss = loss }, Answers)),
        .. Losses.Select(loss => Hash(EveryActivation.Build<float>(seed: 1), new(new Adam(0.01), 2, BatchSize: 32) { Loss = loss }, Answers)),
    ];

    private static readonly NetworkSpec EveryLayer = new(64,
    [
        new Dense(21, Activation.Gelu), new BatchNorm(), new Dropout(0.2),
        new Residual([new Dense(9, Activation.Silu), new LayerNorm(), new Residual([new Activate(Activation.Mish), new Dropout()]), new Dense(21, Activation.Identity)]),
        new BatchNorm(Momentum: null, Affine: false), new Dense(10, Activation.Identity),
    ]);

    private static readonly NetworkSpec EveryActivation =
        new(4, [.. Activation.All.Select(activation => (LayerSpec)new Dense(7, activation)), new LayerNorm(), new Dense(3, Activation.Identity)]);

    private static readonly TrainingSpec EverySetting = new(new Adam(0.01), 2, BatchSize: 100)
    {
        Loss = new SoftmaxCrossEntropy(0.1, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1]),
        Penalty = new(1e-4, 1e-3),
        Clipping = Clipping.ByGlobalNorm(0.5),
        Groups = [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.01, 0.9)), ParameterGroup.Frozen("layer4.layer2.*"), ParameterGroup.Of(ParameterRole.Norm, new Adam(0.001))],
        AccumulateBatches = 2,
    };

    private static readonly Loss[] Losses = [Loss.SoftmaxCrossEntropy, new BinaryCrossEntropy([1, 2, 3]), Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber(0.5)];

    /// <summary>Iris with a target of 1 for its class and 0 for the others, and with weights.</summary>
    private static readonly Dataset Answers = Rows.WithTargets(
        [.. Enumerable.Range(0, 150).Select(row => Datasets.Iris().Row(row).ToArray())],
        [.. Datasets.Iris().Labels.ToArray().Select(label => (double[])[label == 0 ? 1 : 0, label == 1 ? 1 : 0, label == 2 ? 1 : 0])])
        .WithWeights([.. Enumerable.Range(0, 150).Select(row => row % 7 / 3.0)]);

    private static NetworkSpec DigitsNetwork(Activation activation) => NetworkSpec.Mlp(64, [20, 9], 10, activation);

    private static string Hash<T>(Network<T> network, TrainingSpec spec, Dataset data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var history = new Trainer<T>(network, data, spec).Run(TestContext.Current.CancellationToken);
        Assert.Equal(TrainingOutcome.Completed, history.Outcome);
        double[] losses = [.. history.Loss];
        return Convert.ToHexString(SHA256.HashData(
            [.. MemoryMarshal.AsBytes(network.Parameters.Values), .. MemoryMarshal.AsBytes(network.Buffers.Values), .. MemoryMarshal.AsBytes(losses.AsSpan())]));
    }

    private struct Width : ILaneWork<double>
    {
        public int Bits { get; private set; }

        public void Run<V>()
            where V : struct, IKernelLane<V, double> => Bits = 64 * V.Count;
    }
}
