using System.Text.Json;

namespace Steepest.Tests.Training;

/// <summary>The optimum of penalised logistic regression, which is known to 1e-14.</summary>
public sealed class ConvexOptimumTests
{
    private static readonly JsonElement[] Problems = [.. Golden.Load("convex_optimum").GetProperty("problems").EnumerateArray()];

    private static readonly (string Name, Func<double, Optimizer> Of)[] FirstOrder =
    [
        ("gradient descent", slope => new GradientDescent(slope)),
        ("momentum", slope => new Sgd(slope / 2, Momentum: 0.9)),
        ("Nesterov", slope => new Sgd(slope / 2, Momentum: 0.9, Nesterov: true)),
        ("Adam", _ => new Adam(0.01)),
        ("AMSGrad", _ => new AmsGrad(0.01)),
        ("NAdam", _ => new NAdam(0.01)),
        ("RAdam", _ => new RAdam(0.01)),
    ];

    public static TheoryData<string, int> FirstOrderCases => [.. from optimizer in FirstOrder from problem in Enumerable.Range(0, Problems.Length) select (optimizer.Name, problem)];

    [Theory]
    [MemberData(nameof(FirstOrderCases))]
    public void First_order_optimizers_come_within_1e_4_of_it_in_20_000_steps(string name, int problem)
    {
        var optimum = Problems[problem].GetProperty("optimum_objective").GetDouble();

        // The slope changes by at most half the largest eigenvalue of the features' covariance, which is below 14 in all.
        var history = Run(problem, FirstOrder.Single(o => o.Name == name).Of(0.3), 20_000, optimum + 1e-4);

        Assert.Equal(TrainingOutcome.Stopped, history.Outcome);
        Assert.InRange(history.Loss[^1], optimum - 1e-12, optimum + 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void L_BFGS_comes_within_1e_8_of_it(int problem)
    {
        var optimum = Problems[problem].GetProperty("optimum_objective").GetDouble();
        var history = Run(problem, new LBfgs(1), 500, optimum + 1e-8);
        Assert.Equal(TrainingOutcome.Stopped, history.Outcome);
        Assert.InRange(history.Loss[^1], optimum - 1e-12, optimum + 1e-8);
    }

    private static History Run(int index, Optimizer optimizer, int steps, double target)
    {
        var problem = Problems[index];
        var name = problem.GetProperty("dataset").GetString()!;
        var set = ReferenceTraining.Sets.Single(s => s.GetProperty("dataset").GetString() == name);
        var data = ReferenceTraining.DataOf(set).Take(set.GetProperty("train_index").Integers());
        data = Scaler.Standard(data).Apply(data);
        var isBinary = problem.GetProperty("model").GetString()!.StartsWith("binary", StringComparison.Ordinal);
        var network = NetworkSpec.Mlp(data.FeatureCount, [], isBinary ? 1 : data.Classes, Activation.Relu).Build<double>(1);
        network.Parameters.Values.Clear();
        var spec = new TrainingSpec(optimizer, steps) { Penalty = new(L2: problem.GetProperty("lam").GetDouble()) };
        return new Trainer<double>(network, data, spec, StopAt.Loss<double>(target)).Run(TestContext.Current.CancellationToken);
    }
}
