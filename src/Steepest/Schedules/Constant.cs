namespace Steepest;

/// <summary>The same value at every step.</summary>
/// <param name="Value">The value.</param>
public sealed record Constant(double Value) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step, long totalSteps) => Value;

    /// <inheritdoc/>
    protected override string Spelling => Text.Of(Value);
}
