#:project ../src/Steepest/Steepest.csproj
#:property PublishAot=false

// An optimizer of your own: a record describes it, a struct holds its rule. Here it races Adam on iris.
using System.Numerics;
using Steepest;
using Steepest.Numerics;

var (train, _) = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42);
var spec = NetworkSpec.Mlp(inputs: 4, hidden: [10], outputs: 3, Activation.LeakyRelu());
foreach (var optimizer in new Optimizer[] { new Adam(0.001), new SignDescent(0.001) })
{
    var history = spec.Build<double>(seed: 42).Fit(train, optimizer, epochs: 2000);
    Console.WriteLine($"{optimizer.Title}: loss {history.Loss[^1]:F4} after {history.Epochs:N0} epochs");
}

/// <summary>Every parameter moves by the learning rate against the sign of its gradient: θ ← θ − α sign(g).</summary>
internal sealed record SignDescent(Schedule LearningRate) : Optimizer
{
    public static OptimizerInfo About { get; } = new(
        "sign-descent", "sign descent", "Bernstein et al. 2018", 0,
        [new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes")],
        (learningRate, _) => new SignDescent(learningRate));

    public override Schedule LearningRate { get; init; } = LearningRate;

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
