using System.Numerics;

namespace Steepest.Testing;

/// <summary>No step allocates but the first.</summary>
internal sealed class NothingAllocated : Clause
{
    private const int Steps = 100, Rounds = 3;

    public override string Name => "no step allocates";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        var parameters = new Parameters<double>(Plain<double>.Matrices);
        parameters.Fill(1);
        var stepper = optimizer.CreateStepper(parameters);
        var context = new StepContext<double>(new Copies(), new Parameters<double>(Plain<double>.Matrices), 1000);
        context.Begin(parameters);
        stepper.Step(context);

        // A collection in the middle of a round counts what it leaves unused of the thread's piece of memory; not in every round.
        var least = Enumerable.Range(0, Rounds).Min(_ => BytesOf(stepper, context));
        return KeptIf(least == 0, $"{Text.Of(Steps)} steps allocated {Text.Of(least)} bytes");
    }

    private static long BytesOf(Stepper<double> stepper, StepContext<double> context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < Steps; step++)
        {
            context.Begin(stepper.Parameters);
            stepper.Step(context);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class Copies : IObjective<double>
    {
        public double Evaluate(Parameters<double> at, Parameters<double> gradient)
        {
            gradient.CopyFrom(at);
            return 1;
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
