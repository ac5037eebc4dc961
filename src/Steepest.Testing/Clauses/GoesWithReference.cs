namespace Steepest.Testing;

/// <summary>It goes where a reference goes that whoever checks it has given. The gradient is the reference's wherever it is asked for.</summary>
internal sealed class GoesWithReference(Trajectory? reference) : Clause
{
    public override string Name => reference is null ? "it goes where a reference goes" : $"it goes where {reference.Source} goes";

    protected override ClauseResult Check(Optimizer optimizer)
    {
        if (reference is null) return DoesNotApply("no trajectory was given");
        if (reference.Gradients.Count != reference.Parameters.Count || reference.Gradients.Concat(reference.Parameters).Any(step => step.Count != reference.Start.Count))
            throw new SteepestException($"the trajectory of {reference.Source} needs a gradient and parameters for each step, each with as many numbers as the start");

        var layout = ParameterLayout.Of<double>(("numbers", ParameterRole.Weight, [reference.Start.Count]));
        var parameters = new Parameters<double>(layout);
        reference.Start.ToArray().CopyTo(parameters.Values);
        var stepper = optimizer.CreateStepper(parameters);
        var given = new Given(reference);
        var context = new StepContext<double>(given, new Parameters<double>(layout), reference.Gradients.Count);
        foreach (var (step, expected) in reference.Parameters.Index())
        {
            given.Step = step;
            context.Begin(parameters);
            stepper.Step(context);
            var scale = Math.Max(1, expected.Max(Math.Abs));
            foreach (var (i, number) in expected.Index())
            {
                if (!(Math.Abs(parameters.Values[i] - number) <= reference.Tolerance * scale))
                    return Broken($"after step {Text.Of(step + 1)} number {Text.Of(i)} is {Text.Of(parameters.Values[i])}, but {Text.Of(number)} was expected");
            }
        }

        return Kept;
    }

    private sealed class Given(Trajectory reference) : IObjective<double>
    {
        public int Step { get; set; }

        public double Evaluate(Parameters<double> at, Parameters<double> gradient)
        {
            reference.Gradients[Step].ToArray().CopyTo(gradient.Values);
            return 0;
        }
    }
}
