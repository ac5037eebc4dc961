using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest;

/// <summary>
/// The description of an optimizer: a rule by which gradients change parameters, with its settings. Equal by value; the work itself is done
/// by the <see cref="Stepper{T}"/> that it makes.
/// </summary>
public abstract record Optimizer
{
    /// <summary>How far a step goes.</summary>
    public abstract Schedule LearningRate { get; init; }

    /// <summary>What the optimizer is called, where it comes from and which settings it has.</summary>
    public abstract OptimizerInfo Info { get; }

    /// <summary>How much of the parameters it looks at to change one of them, with these settings.</summary>
    public virtual OptimizerScope Scope => Info.Scope;

    /// <summary>The optimizer inside, where it is a wrapper.</summary>
    internal virtual Optimizer? Wrapped => null;

    /// <summary>Whether every step must see all rows: what it learns of one batch would be wrong of the next.</summary>
    public virtual bool NeedsAllRows => false;

    /// <summary>The optimizer's name in a sentence, with the settings that differ from their defaults.</summary>
    public virtual string Title => Changed() is { Length: > 0 } changed ? $"{Info.Title} ({string.Join(", ", changed)})" : Info.Title;

    /// <summary>The value of each setting of <see cref="Info"/> but the learning rate, by name.</summary>
    public abstract IReadOnlyDictionary<string, double> Settings { get; }

    /// <summary>Makes what applies the rule to <paramref name="parameters"/>, its state at the start.</summary>
    /// <param name="parameters">What the steps change.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="SteepestException">A setting does not work in this precision.</exception>
    public abstract Stepper<T> CreateStepper<T>(Parameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The state that it keeps, with these settings, for parameters of a layout: block by block, then the single numbers.</summary>
    /// <param name="layout">The parameters' layout.</param>
    /// <typeparam name="T">The parameters' precision.</typeparam>
    /// <exception cref="SteepestException">A setting does not work in this precision, or the optimizer cannot train such parameters.</exception>
    public ValueList<StateInfo> StateOf<T>(ParameterLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => StateInfo.Of(CreateStepper(new Parameters<T>(layout)));

    /// <summary>Numbers of state laid out like the parameters that it keeps for each of them, with these settings.</summary>
    internal int StatePerParameter => StateOf<double>(ParameterLayout.Of<double>(("matrix", ParameterRole.Weight, [8, 8]))).Count(block => block.Shape == StateShape.LikeParameters);

    /// <summary>What bias correction multiplies the first and the second moment by after so many steps; 1 where there is no such correction.</summary>
    /// <param name="step">Steps done, from 1.</param>
    public virtual (double First, double Second) BiasCorrection(long step) => (1, 1);

    /// <summary>The command's spelling: the name and every setting that differs from its default, without the learning rate.</summary>
    public sealed override string ToString() => string.Join(',', [Info.Name, .. Changed().Select(setting => setting.Replace(' ', '='))]);

    private string[] Changed() =>
    [
        .. Info.Settings.Where(s => Settings.TryGetValue(s.Name, out var value) && value != s.Default)
            .Select(s => $"{s.Name} {(s.IsSwitch ? Settings[s.Name] != 0 ? "on" : "off" : Text.Of(Settings[s.Name]))}"),
    ];
}

/// <summary>A part of an optimizer's state, as its description tells of it.</summary>
/// <param name="Name">Unique in its optimizer.</param>
/// <param name="Shape">How it is laid out.</param>
/// <param name="Count">How many numbers it has.</param>
/// <param name="Bytes">The memory that they take, without padding.</param>
public sealed record StateInfo(string Name, StateShape Shape, int Count, long Bytes)
{
    internal static ValueList<StateInfo> Of<T>(Stepper<T> stepper)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        .. stepper.State.Select(block => new StateInfo(block.Name, block.Shape, block.Values.Layout.Count, (long)block.Values.Layout.Count * Unsafe.SizeOf<T>())),
        .. stepper.Scalars.Select(scalar => new StateInfo(scalar.Name, StateShape.Scalar, 1, sizeof(double))),
    ];
}

/// <summary>How much of the parameters an optimizer looks at to change one of them.</summary>
public enum OptimizerScope
{
    /// <summary>The parameter alone: a split buffer trains as the whole.</summary>
    Element,

    /// <summary>The parameter's segment, its shape or its norm: a buffer that is split between segments trains as the whole.</summary>
    Segment,

    /// <summary>All parameters of its group.</summary>
    Group,
}

/// <summary>What the command and the documentation say of an optimizer.</summary>
/// <param name="Name">Its name in kebab-case.</param>
/// <param name="Title">Its name in a sentence.</param>
/// <param name="Source">Paper and year.</param>
/// <param name="StatePerParameter">Numbers of state laid out like the parameters that it keeps for each of them, with its default settings; for Muon and SOAP, of a matrix.</param>
/// <param name="Settings">Its settings, the learning rate first.</param>
/// <param name="Create">Makes it from a learning rate and the values of its other settings.</param>
public sealed record OptimizerInfo(
    string Name, string Title, string Source, int StatePerParameter, ValueList<Setting> Settings, Func<Schedule, IReadOnlyDictionary<string, double>, Optimizer> Create)
{
    private const string LearningRate = "learning-rate";

    /// <summary>Numbers of memory it works in for each parameter beside its state, at most; for Muon and SOAP, of a square matrix.</summary>
    public int WorkPerParameter { get; init; }

    /// <summary>In a few words what state it keeps beside <see cref="StatePerParameter"/>, with its default settings; empty for none.</summary>
    public string OtherState { get; init; } = "";

    /// <summary>How much of the parameters the rule looks at for one of them.</summary>
    public OptimizerScope Scope { get; init; }

    /// <summary>The setting of that name.</summary>
    /// <param name="name">A name of <see cref="Settings"/>, in any case.</param>
    /// <exception cref="SteepestException">The optimizer has no such setting.</exception>
    public Setting FindSetting(string name) => Settings.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown($"{Name} setting", name, Settings.Select(s => s.Name));

    /// <summary>Makes the optimizer.</summary>
    /// <param name="settings">Values by name; a setting that is not named takes its default.</param>
    /// <exception cref="SteepestException">A name is unknown or a value out of its range.</exception>
    public Optimizer With(IReadOnlyDictionary<string, double> settings)
    {
        var all = WithDefaults(settings);
        return Create(all[LearningRate], all);
    }

    /// <summary>Makes the optimizer with a learning rate that may change.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="settings">Values of the other settings by name; one that is not named takes its default.</param>
    /// <exception cref="SteepestException">A name is unknown or a value out of its range.</exception>
    public Optimizer With(Schedule learningRate, IReadOnlyDictionary<string, double> settings) => Create(Checked(learningRate), WithDefaults(settings));

    /// <summary>The value itself if it lies in the setting's range.</summary>
    /// <param name="setting">The setting's name, as in <see cref="Settings"/>.</param>
    /// <param name="value">A value for it.</param>
    /// <exception cref="SteepestException">The value lies outside the range.</exception>
    public double Checked(string setting, double value) => FindSetting(setting).Checked(value, Name);

    /// <summary>The schedule itself if it is not a constant outside the range of the learning rate.</summary>
    /// <param name="learningRate">A learning rate.</param>
    /// <exception cref="SteepestException">The schedule is a constant outside the range.</exception>
    public Schedule Checked(Schedule learningRate) => FindSetting(LearningRate).Checked(learningRate, Name);

    /// <summary>Refuses parameters of which none are a matrix.</summary>
    /// <exception cref="SteepestException">No segment has rows and columns.</exception>
    internal void RequireMatrix(ParameterLayout layout)
    {
        if (layout.Segments.Any(segment => segment.Shape.Count == 2)) return;
        var names = string.Join(", ", layout.Segments.Select(s => s.Name));
        throw new SteepestException($"The optimizer {Name} trains matrices, but {(layout.Segments.Count == 1 ? $"{names} is not one" : $"none of {names} is one")}.");
    }

    /// <summary>The number in a network's precision, if it is not zero there though it must not be.</summary>
    /// <param name="setting">The setting's name.</param>
    /// <param name="value">Its value, which is not 0.</param>
    /// <exception cref="SteepestException">It is zero in that precision.</exception>
    internal T NotZero<T>(string setting, double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateChecked(value) is var number && number != T.Zero
            ? number
            : throw new SteepestException(
                $"The {setting} of {Name} is {Text.Of(value)}, which is zero in {Text.PrecisionOf<T>()}; the smallest that is not is {Text.Of<T>(T.Epsilon)}.");

    private Dictionary<string, double> WithDefaults(IReadOnlyDictionary<string, double> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Settings is not [{ Name: LearningRate }, ..]) throw new InvalidOperationException($"The first setting of {Name} must be {LearningRate}.");
        var all = Settings.ToDictionary(s => s.Name, s => s.Default, StringComparer.Ordinal);
        foreach (var (name, value) in settings) all[FindSetting(name).Name] = Checked(name, value);
        return all;
    }
}

/// <summary>All optimizers there are.</summary>
public static class Optimizers
{
    /// <summary>The optimizers, in the order in which one would learn them.</summary>
    public static IReadOnlyList<OptimizerInfo> All { get; } =
    [
        GradientDescent.About, Sgd.About, Asgd.About, Rprop.About,
        Adagrad.About, Adadelta.About, RmsProp.About, Adam.About, AmsGrad.About, AdamW.About, Adamax.About, NAdam.About, RAdam.About, Yogi.About,
        AdaBelief.About, Adan.About, Lion.About, Lars.About, Lamb.About, Adafactor.About, Muon.About, Soap.About, Prodigy.About, ScheduleFreeSgd.About,
        ScheduleFreeAdamW.About, LBfgs.About,
    ];

    /// <summary>The optimizer of that name.</summary>
    /// <param name="name">A name of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static OptimizerInfo Find(string name) => All.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("optimizer", name, All.Select(o => o.Name));
}
