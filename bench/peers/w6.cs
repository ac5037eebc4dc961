#:project ../../src/Steepest/Steepest.csproj
#:property IlcInstructionSet=x86-64-v3

// W6: 200 epochs of W1, from the start of the process to its end.
using Steepest;

var (train, _) = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42);
var network = NetworkSpec.Mlp(inputs: 4, hidden: [10], outputs: 3, Activation.LeakyRelu(0.01), Initializer.Uniform(0, 1)).Build<double>(seed: 42);
Console.WriteLine(network.Fit(train, new Adam(LearningRate: 0.01), epochs: 200).Loss[^1]);
