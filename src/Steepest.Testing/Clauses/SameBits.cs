using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Testing;

/// <summary>A run is the same on every processor.</summary>
internal sealed class SameBitsAtEveryWidth : Clause
{
    public override string Name => "it has the same bits at every lane width";

    protected override ClauseResult Check(Optimizer optimizer) => Lanes.CanHold
        ? Check<double>(optimizer) ?? Check<float>(optimizer) ?? Kept
        : DoesNotApply("native code has lanes of one width; check it where code is compiled as it runs, with PublishAot false");

    private ClauseResult? Check<T>(Optimizer optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (trained, stepped) = At<T>(optimizer, bits: 64);
        foreach (var bits in (int[])[128, 256, 512])
        {
            var (trainedThere, steppedThere) = At<T>(optimizer, bits);
            var difference = Bits.Difference<T>(trained, trainedThere, $"in lanes of {bits} bits the parameters after 4 epochs differ from those one by one")
                ?? Bits.Difference<T>(stepped, steppedThere, $"in lanes of {bits} bits parameters and state after a gradient with a NaN and an infinity differ from those one by one");
            if (difference is not null) return Broken(difference);
        }

        return null;
    }

    /// <summary>What a training leaves, and what steps by ordinary and odd numbers make of parameters and state.</summary>
    private static (T[] Trained, T[] Stepped) At<T>(Optimizer optimizer, int bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var held = Lanes.HoldTo(bits);
        var trained = SmallTraining.Trained<T>(optimizer, epochs: 4);

        // Elsewhere than in element-wise rules a NaN is everywhere at once.
        var stepper = Plain<T>.Run(optimizer, Plain<T>.Matrices, steps: 5, endsOddly: optimizer.Scope == OptimizerScope.Element);
        return (trained, [.. stepper.Parameters.Values, .. stepper.State.SelectMany(block => block.Values.Values.ToArray())]);
    }
}

/// <summary>A run is the same on any number of threads.</summary>
internal sealed class SameBitsOnAnyThreads : Clause
{
    // Two parts for threads to share.
    private static readonly ParameterLayout Large = ParameterLayout.Of<double>(("large", ParameterRole.Weight, [160, 256]));

    public override string Name => "it has the same bits on any number of threads";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var expected = Plain<double>.Run(optimizer, Large, steps: 2).Parameters;
        foreach (var threads in (int[])[2, 3])
        {
            var shared = Plain<double>.Run(optimizer, Large, steps: 2, threads: threads).Parameters;
            if (Bits.Difference<double>(expected.Values, shared.Values, $"with {threads} threads the parameters after 2 steps differ") is { } difference) return Broken(difference);
        }

        return Kept;
    }
}

/// <summary>What a run leaves does not depend on how its parameters are laid out, as far as the optimizer's scope says so.</summary>
internal sealed class SplitAsWhole : Clause
{
    private const int Steps = 12, Length = 70, Cut = 37;

    public override string Name => "a split buffer trains as the whole";

    protected override ClauseResult Check(Optimizer optimizer) => optimizer.Scope switch
    {
        OptimizerScope.Element => Compare(
            Plain<double>.Run(optimizer, Vector(Length), Steps),
            [Plain<double>.Run(optimizer, Vector(Cut), Steps), Plain<double>.Run(optimizer, Vector(Length - Cut), Steps, first: Cut)],
            "it is declared to look at each parameter alone"),
        OptimizerScope.Segment => Compare(Plain<double>.Run(optimizer, Plain<double>.Matrices, Steps), [.. Segments(optimizer)], "it is declared to look at each segment alone"),
        _ => DoesNotApply("it is declared to look at all parameters together"),
    };

    private static ParameterLayout Vector(int length) => ParameterLayout.Of<double>(("numbers", ParameterRole.Weight, [length]));

    private static IEnumerable<Stepper<double>> Segments(Optimizer optimizer)
    {
        var first = 0;
        foreach (var segment in Plain<double>.Matrices.Segments)
        {
            yield return Plain<double>.Run(optimizer, ParameterLayout.Of<double>((segment.Name, segment.Role, segment.Shape)), Steps, first);
            first += segment.Length;
        }
    }

    private ClauseResult Compare(Stepper<double> whole, Stepper<double>[] parts, string declared)
    {
        static double[] Numbers(Parameters<double> parameters) => [.. parameters.Layout.Segments.SelectMany(segment => parameters[segment].ToArray())];
        double[] split = [.. parts.SelectMany(part => Numbers(part.EvaluationParameters))];
        return Bits.Difference<double>(Numbers(whole.EvaluationParameters), split, $"{declared}; trained in {Text.Of(parts.Length)} parts the parameters after {Text.Of(Steps)} steps differ") is { } difference
            ? Broken(difference)
            : Kept;
    }
}
