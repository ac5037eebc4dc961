#:project ../src/Steepest.Commands/Steepest.Commands.csproj
#:project ../src/Steepest.Testing/Steepest.Testing.csproj
#:property PublishAot=false

// An optimizer of your own: a record describes it, a struct holds its rule. It is held to the contract of all optimizers and races Adam on iris.
using System.Numerics;
using Steepest;
using Steepest.Commands;
using Steepest.Numerics;
using Steepest.Testing;

var report = OptimizerContract.Check(SignDescent.About);
foreach (var clause in report.Results) Console.WriteLine(clause);
if (!report.IsKept) return 1;

if (args.Length == 0)
{
    var folder = Path.Combine(Path.GetTempPath(), "steepest-own-optimizer-sample");
    args = ["compare", "--optimizer", "adam", "--optimizer", "sign-descent", "--reach", "0.2", "--epochs", "1000", "--out", folder, "--force"];
}

return SteepestCommand.Run(args, SignDescent.About);

/// <summary>Every parameter moves by the learning rate against the sign of its gradient: θ ← θ − α sign(g).</summary>
internal sealed record SignDescent(Schedule LearningRate) : Optimizer
{
    public static OptimizerInfo About { get; } = new(
        "sign-descent", "sign descent", "Bernstein et al. 2018", 0,
        [new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes")],
        (learningRate, _) => new SignDescent(learningRate));

    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    public override OptimizerInfo Info => About;

    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) =>
        ElementwiseStepper.Stateless(parameters, LearningRate, at => new Rule<T>(T.CreateChecked(at.LearningRate)));

    private readonly struct Rule<T>(T α) : IRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V Step<V>(V θ, V g)
            where V : struct, ILane<V, T>
        {
            var (zero, one) = (V.Broadcast(T.Zero), V.Broadcast(T.One));
            return θ - (α * (V.WhereGreater(g, zero, one, zero) - V.WhereGreater(zero, g, one, zero)));
        }
    }
}
