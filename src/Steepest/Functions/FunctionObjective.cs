using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A loss that is known exactly and whose gradient may have noise: what there is to step on beside a network.</summary>
internal interface IStepObjective<T> : IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Draws the noise of a step, which is the same for all of its looks.</summary>
    /// <param name="number">The step, from 1.</param>
    void BeginStep(long number);

    /// <summary>The loss without noise.</summary>
    /// <param name="place">Where.</param>
    double Value(Parameters<T> place);

    /// <summary>Puts a place back to where the loss is defined.</summary>
    /// <param name="place">The place after a step.</param>
    void Confine(Parameters<T> place)
    {
    }
}

/// <summary>A test function with normal noise on its gradient.</summary>
internal sealed class FunctionObjective<T>(TestFunction function, double noise, ulong seed) : IStepObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Pcg64 chance = RandomStreams.Of(seed, RandomPurpose.Noise);
    private readonly double[] at = new double[function.Dimensions], slope = new double[function.Dimensions], drawn = new double[function.Dimensions];
    private long step;

    public void BeginStep(long number)
    {
        step = number;
        if (noise == 0) return;
        for (var i = 0; i < drawn.Length; i++) drawn[i] = noise * chance.StandardNormal();
    }

    public double Evaluate(Parameters<T> at, Parameters<T> gradient)
    {
        Read(at);
        function.Gradient(this.at, step, slope);
        for (var i = 0; i < slope.Length; i++) gradient.Values[i] = T.CreateChecked(slope[i] + drawn[i]);
        return function.Value(this.at);
    }

    public double Value(Parameters<T> place)
    {
        Read(place);
        return function.Value(at);
    }

    public void Confine(Parameters<T> place)
    {
        Read(place);
        function.Confine(at);
        for (var i = 0; i < at.Length; i++) place.Values[i] = T.CreateChecked(at[i]);
    }

    private void Read(Parameters<T> place)
    {
        for (var i = 0; i < at.Length; i++) at[i] = double.CreateChecked(place.Values[i]);
    }
}
