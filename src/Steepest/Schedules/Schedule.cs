namespace Steepest;

/// <summary>A setting that may change while training goes on, such as the learning rate. A plain number converts to a constant.</summary>
public abstract record Schedule
{
    /// <summary>A schedule that is <paramref name="value"/> at every step.</summary>
    /// <param name="value">The constant.</param>
    public static implicit operator Schedule(double value) => new Constant(value);

    /// <summary>A schedule that is <paramref name="value"/> at every step.</summary>
    /// <param name="value">The constant.</param>
    public static Schedule FromDouble(double value) => value;

    /// <summary>The value for one step.</summary>
    /// <param name="step">Steps done before this one, from 0.</param>
    /// <param name="totalSteps">Steps that the run will take if nothing stops it.</param>
    public abstract double At(long step, long totalSteps);
}

/// <summary>The same value at every step.</summary>
/// <param name="Value">The value.</param>
public sealed record Constant(double Value) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step, long totalSteps) => Value;

    /// <inheritdoc/>
    public override string ToString() => Text.Of(Value);
}
