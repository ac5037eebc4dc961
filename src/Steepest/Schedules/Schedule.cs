using System.Text;

namespace Steepest;

/// <summary>
/// A setting that may change while training goes on: the learning rate, and with it the momentum where the schedule says so. A plain number
/// converts to a constant.
/// </summary>
/// <remarks>A value for every step as a function of the step alone, but for <see cref="ReduceOnPlateau"/>, which also looks at how training goes. A schedule of
/// your own is a record with <see cref="At"/>.</remarks>
public abstract record Schedule
{
    /// <summary>What it is called and which settings it has; <see langword="null"/> for a constant, and for one of your own that is in no list.</summary>
    public virtual ScheduleInfo? Info => null;

    /// <summary>The values of the settings of <see cref="Info"/>.</summary>
    public virtual ScheduleSettings? Settings => null;

    /// <summary>The command's spelling, such as cosine(from:0.1).</summary>
    protected virtual string Spelling
    {
        get
        {
            if (Info is { } info && Settings is { } settings) return info.Spelled(settings);
            var members = new StringBuilder();
            return PrintMembers(members) ? $"{GetType().Name} {{ {members} }}" : GetType().Name;
        }
    }

    /// <summary>A schedule that is <paramref name="value"/> at every step.</summary>
    /// <param name="value">The constant.</param>
    public static implicit operator Schedule(double value) => new Constant(value);

    /// <summary>A schedule that is <paramref name="value"/> at every step.</summary>
    /// <param name="value">The constant.</param>
    public static Schedule FromDouble(double value) => value;

    /// <summary>The value for one step.</summary>
    /// <param name="step">Steps done before this one, from 0.</param>
    /// <param name="totalSteps">Steps that the run will take if nothing stops it.</param>
    /// <exception cref="SteepestException">The schedule is shorter than the run and has nothing to say after its end.</exception>
    public abstract double At(long step, long totalSteps);

    /// <summary>The momentum for one step, or Adam's β₁, where the schedule drives it too; <see langword="null"/> leaves it to the optimizer.</summary>
    /// <param name="step">Steps done before this one, from 0.</param>
    /// <param name="totalSteps">Steps that the run will take if nothing stops it.</param>
    public virtual double? MomentumAt(long step, long totalSteps) => null;

    /// <summary>The command's spelling, such as cosine(from:0.1); of a schedule of your own its type and settings.</summary>
    public sealed override string ToString() => Spelling;

    /// <summary>Nothing of the base belongs to the text of a schedule of your own.</summary>
    /// <param name="builder">Receives nothing.</param>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Begins it for one run.</summary>
    internal virtual SchedulePlay Start() => new(this);
}

/// <summary>Where a run stands: what a schedule may depend on.</summary>
/// <param name="Step">Steps done before this one.</param>
/// <param name="TotalSteps">Steps that the run will take if nothing stops it.</param>
/// <param name="StepsPerEpoch">Steps an epoch.</param>
internal readonly record struct StepTime(long Step, long TotalSteps, long StepsPerEpoch);

/// <summary>What a schedule that follows the training is told after each epoch.</summary>
/// <param name="Value">The loss on the validation rows, that on the training rows where there are none, or what early stopping watches.</param>
/// <param name="HigherIsBetter">Whether a larger value is a better one.</param>
internal readonly record struct EpochMetric(double Value, bool HigherIsBetter = false);

/// <summary>A schedule in one run, with its state if it has one.</summary>
internal class SchedulePlay(Schedule schedule)
{
    public virtual IReadOnlyList<ScalarState> State => [];

    public virtual double At(StepTime time) => schedule.At(time.Step, time.TotalSteps);

    public virtual double? MomentumAt(StepTime time) => schedule.MomentumAt(time.Step, time.TotalSteps);

    public virtual void AfterEpoch(EpochMetric metric)
    {
    }
}
