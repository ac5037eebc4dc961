#:project ../src/Steepest/Steepest.csproj
#:property PublishAot=false

// Curves for `steepest judge`, as any framework could write them: three optimizers on wine, ten repeats, each with a split and a start that all three share.
//   dotnet run -c Release samples/curves.cs > runs.csv
using System.Globalization;
using Steepest;

(string Name, Optimizer Optimizer)[] contenders =
[
    ("gradient descent", new GradientDescent(0.3)),
    ("momentum", new Sgd(0.03, Momentum: 0.9)),
    ("adam", new Adam(0.01)),
];

Console.WriteLine("contender,repeat,step,metric");
for (var repeat = 0u; repeat < 10; repeat++)
{
    var (train, _) = Datasets.Wine().Split(test: 0.3, seed: repeat);
    var rows = Scaler.Standard(train).Apply(train);
    foreach (var (name, optimizer) in contenders)
    {
        var network = NetworkSpec.Mlp(inputs: 13, hidden: [10], outputs: 3, Activation.Tanh).Build<double>(seed: repeat);
        var loss = network.Fit(rows, optimizer, epochs: 150).Loss;
        for (var step = 0; step < loss.Count; step++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name},{repeat},{step},{loss[step]:G5}"));
    }
}
