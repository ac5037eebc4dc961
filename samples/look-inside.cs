#:project ../src/Steepest/Steepest.csproj
#:property PublishAot=false

// Trains on wine with a validation part, and looks inside the updates of one weight.
using Steepest;

var (train, validation, test) = Datasets.Wine().Split(validation: 0.2, test: 0.2, seed: 7, stratify: true);
var scaler = Scaler.Standard(train);   // fitted on the training rows only
var network = NetworkSpec.Mlp(inputs: 13, hidden: [16, 16], outputs: 3, Activation.Tanh).Build<float>(seed: 7);

var run = new TrainingSpec(new Sgd(0.05, Momentum: 0.9, Nesterov: true), Epochs: 200, BatchSize: 16, Seed: 7);
var recorder = new Recorder<float>(network.Parameters.Layout, [("layer1.weight", 0)], Recorder.LogSpaced(200, 20));
var history = new Trainer<float>(network, scaler.Apply(train), run, StopAt.Loss<float>(0.01), recorder).Run();

Console.WriteLine($"{history.Outcome} after {history.Epochs} epochs");
foreach (var (name, part) in new[] { ("validation", validation), ("test", test) })
{
    var evaluation = network.Evaluate(scaler.Apply(part));
    Console.WriteLine($"{name}: {evaluation.Right} of {evaluation.Rows} rows right");
}

foreach (var record in recorder[0])
{
    Console.WriteLine($"epoch {record.Epoch}: gradient {record.Gradient:F5}, momentum {record.FirstMoment:F5}, step {record.EffectiveStep:F5}");
}
