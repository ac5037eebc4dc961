#:project ../src/Steepest/Steepest.csproj
#:property PublishAot=false

using Steepest;

var (train, test) = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42);
var network = NetworkSpec.Mlp(inputs: 4, hidden: [10], outputs: 3, Activation.LeakyRelu(0.01), Initializer.Uniform(0, 1)).Build<double>(seed: 42);
var history = network.Fit(train, new Adam(LearningRate: 0.01), epochs: 250);
Console.WriteLine($"loss {history.Loss[^1]:F4}, accuracy {network.Evaluate(test).Accuracy:P0}");   // loss 0.1720, accuracy 96 %
