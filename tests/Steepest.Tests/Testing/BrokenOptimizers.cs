using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Tests.Testing;

/// <summary>Gradient descents that break one clause of the contract each.</summary>
internal static class BrokenOptimizers
{
    public static IReadOnlyList<(Optimizer Optimizer, string Clause)> All { get; } =
    [
        (new Broken(Fault.UnequalToItself), "it is what its settings make, equal by value"),
        (new Broken(Fault.TakesAnything), "a setting out of its range is refused"),
        (new Broken(Fault.ScheduleWithoutName), "its description comes back from JSON"),
        (new Broken(Fault.DeclaresState), "it keeps the state that its description tells of"),
        (new Broken(Fault.KnowsItsWidth), "it has the same bits at every lane width"),
        (new Broken(Fault.KnowsItsThreads), "it has the same bits on any number of threads"),
        (new Broken(Fault.Forgets), "it goes on from a checkpoint as if it had not been interrupted"),
        (new Broken(Fault.Allocates), "no step allocates"),
        (new Broken(Fault.Leaks), "padding stays zero"),
        (new Broken(Fault.LooksAround), "a split buffer trains as the whole"),
        (new Broken(Fault.HurriesInFloat), "float trains like double"),
        (new Broken(Fault.Creeps), "it goes down the test functions"),
        (new Broken(Fault.Ascends), "it goes down the test functions"),
        (new Broken(Fault.LeansToOneSide), "told to maximize, it climbs as it would descend"),
    ];

    private enum Fault
    {
        UnequalToItself,
        TakesAnything,
        ScheduleWithoutName,
        DeclaresState,
        KnowsItsWidth,
        KnowsItsThreads,
        Forgets,
        Allocates,
        Leaks,
        LooksAround,
        HurriesInFloat,
        Creeps,
        Ascends,
        LeansToOneSide,
    }

    /// <summary>A constant that is not one of the library's.</summary>
    private sealed record Steady(double Value) : Schedule
    {
        public override double At(long step, long totalSteps) => Value;
    }

    private sealed record Broken(Fault Fault, Schedule? Rate = null, double Strength = 1, bool Maximize = false) : Optimizer
    {
        private static readonly Setting RateSetting = new("learning-rate", 0.1, Interval.Positive, "α"), StrengthSetting = new("strength", 1, new(0, 5, false, false), "a factor");
        private static int made;

        private readonly int self = Fault == Fault.UnequalToItself ? made++ : 0;

        public override Schedule LearningRate { get; init => field = Checked(Fault, value); } = Checked(Fault, Rate ?? (Fault == Fault.ScheduleWithoutName ? new Steady(0.1) : 0.1));

        public double Strength { get; } = Fault == Fault.TakesAnything ? Strength : StrengthSetting.Checked(Strength, "broken");

        public override OptimizerInfo Info => About;

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double> { ["strength"] = Strength, ["maximize"] = Maximize ? 1 : 0 };

        private OptimizerInfo About => new(
            $"broken-{Fault}", $"broken ({Fault})", "nobody", Fault == Fault.DeclaresState ? 1 : 0,
            [RateSetting, StrengthSetting, new("maximize", 0, Interval.Share, "climb", IsSwitch: true)],
            (rate, s) => new Broken(Fault, rate, s["strength"], s["maximize"] != 0));

        public bool Equals(Broken? other) =>
            other is not null && (Fault, LearningRate, Strength, Maximize, self) == (other.Fault, other.LearningRate, other.Strength, other.Maximize, other.self);

        public override int GetHashCode() => HashCode.Combine(Fault, LearningRate, Strength, Maximize);

        public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => Fault == Fault.KnowsItsWidth
            ? ElementwiseStepper.Stateless(parameters, LearningRate, at => new KnowsItsWidth<T>(T.CreateChecked((Maximize ? -1 : 1) * at.LearningRate)))
            : new AtWork<T>(this, parameters);

        private static Schedule Checked(Fault fault, Schedule rate) => fault == Fault.TakesAnything ? rate : RateSetting.Checked(rate, "broken");

        private readonly struct KnowsItsWidth<T>(T α) : IRule<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public V Step<V>(V θ, V g)
                where V : struct, ILane<V, T> => θ - (T.CreateChecked(1 + (1e-3 / Unsafe.SizeOf<V>())) * (α * g));
        }

        private sealed class AtWork<T>(Broken broken, Parameters<T> parameters) : Stepper<T>(parameters, broken.LearningRate)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            private double kept = 1;

            public override IReadOnlyList<StateBlock<T>> State => [];

            protected override void Apply(StepContext<T> context)
            {
                var rate = SettingsOf(context).LearningRate * broken.Strength * (broken.Maximize ? -1 : 1);
                switch (broken.Fault)
                {
                    case Fault.KnowsItsThreads: rate *= 1 + (1e-3 * context.Threads); break;
                    case Fault.Forgets: rate *= kept = (0.9 * kept) + 0.05; break;
                    case Fault.Allocates: GC.KeepAlive(new byte[24]); break;
                    case Fault.LooksAround: rate /= 1 + Math.Abs(double.CreateChecked(context.Gradient.Values[0])); break;
                    case Fault.HurriesInFloat when typeof(T) == typeof(float): rate *= 3; break;
                    case Fault.Creeps: rate *= 1e-3; break;
                    case Fault.Ascends: rate = -rate; break;
                    default: break;
                }

                for (var i = 0; i < Parameters.Values.Length; i++)
                {
                    Parameters.Values[i] -= T.CreateChecked(rate) * context.Gradient.Values[i];
                    if (broken.Fault == Fault.Leaks) Parameters.Values[i] += T.CreateChecked(1e-9);
                    if (broken.Fault == Fault.LeansToOneSide && context.Gradient.Values[i] != T.Zero) Parameters.Values[i] -= T.CreateChecked(1e-6 * rate);
                }
            }
        }
    }
}
