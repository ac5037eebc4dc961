using System.Numerics;

namespace Steepest.Testing;

/// <summary>No step allocates, once all its code has run.</summary>
internal sealed class NothingAllocated : Clause
{
    private const int Steps = 100, Rounds = 5;

    public override string Name => "no step allocates";

    protected override ClauseResult Check(Optimizer optimizer) => Check<double>(optimizer) ?? Check<float>(optimizer) ?? Kept;

    private ClauseResult? Check<T>(Optimizer optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (parameters, start) = (new Parameters<T>(Plain<T>.Matrices), new Parameters<T>(Plain<T>.Matrices));
        start.Fill(T.One);
        var stepper = optimizer.CreateStepper(parameters);
        var context = new StepContext<T>(new Halved<T>(), new Parameters<T>(Plain<T>.Matrices), 1000);

        // In the first round code and types are loaded, and a collection in the middle of another counts what it leaves unused of the thread's piece of memory.
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++) least = Math.Min(least, BytesOf(stepper, context, start));
        return least == 0 ? null : Broken($"{Text.Of(Steps)} steps in {Text.PrecisionOf<T>()} allocated {Text.Of(least)} bytes");
    }

    private static long BytesOf<T>(Stepper<T> stepper, StepContext<T> context, Parameters<T> start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < Steps; step++)
        {
            // Back up the hill: where there is nothing to do a step may be done sooner.
            if (step % 5 == 0) stepper.Parameters.CopyFrom(start);
            context.Begin(stepper.Parameters);
            stepper.Step(context);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Half the sum of squares, without an allocation.</summary>
    private sealed class Halved<T> : IObjective<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double Evaluate(Parameters<T> at, Parameters<T> gradient)
        {
            var loss = 0.0;
            gradient.CopyFrom(at);
            foreach (var number in at.Values) loss += double.CreateChecked(number * number) / 2;
            return loss;
        }
    }
}

/// <summary>What lies between segments stays zero, in the parameters and in the state.</summary>
internal sealed class PaddingStaysZero : Clause
{
    public override string Name => "padding stays zero";

    protected override ClauseResult Check(Optimizer optimizer) => Check<double>(optimizer) ?? Check<float>(optimizer) ?? Kept;

    private ClauseResult? Check<T>(Optimizer optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stepper = Plain<T>.Run(optimizer, Plain<T>.Matrices, steps: 5);
        foreach (var (name, values) in (IEnumerable<(string, Parameters<T>)>)[("parameters", stepper.Parameters), .. stepper.State.Select(block => (block.Name, block.Values))])
        {
            var padding = values.Values.ToArray();
            foreach (var segment in values.Layout.Segments) padding.AsSpan(segment.Offset, segment.Length).Clear();
            if (Array.FindIndex(padding, number => number != T.Zero) is >= 0 and var place)
                return Broken($"after 5 steps the padding of the {name} holds {Text.Of(padding[place])} at place {Text.Of(place)}");
        }

        return null;
    }
}
