namespace Steepest.Benchmarks;

/// <summary>W1 as plain loops over arrays, row by row: what the engine is measured beside. It takes the same path to 1e-11.</summary>
internal sealed class PlainLoops
{
    private const int Inputs = 4, Hidden = 10, Outputs = 3;
    private const double Slope = 0.01, Rate = 0.01, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly double[] features;
    private readonly int[] labels;
    private readonly double[] parameters, gradient, m, v;
    private readonly double[] hidden = new double[Hidden], deltas = new double[Outputs];
    private long step;

    public PlainLoops(Network<double> start, Dataset data)
    {
        features = data.Values.ToArray();
        labels = data.Labels.ToArray();
        parameters = [.. start.Parameters["layer1.weight"], .. start.Parameters["layer1.bias"], .. start.Parameters["layer2.weight"], .. start.Parameters["layer2.bias"]];
        gradient = new double[parameters.Length];
        m = new double[parameters.Length];
        v = new double[parameters.Length];
    }

    /// <summary>The loss before the last step.</summary>
    public double Loss { get; private set; }

    public void Run(int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            Loss = LossAndGradient();
            Adam();
        }
    }

    private double LossAndGradient()
    {
        const int Bias1 = Hidden * Inputs, Weight2 = Bias1 + Hidden, Bias2 = Weight2 + (Outputs * Hidden);
        Array.Clear(gradient);
        var loss = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var x = features.AsSpan(row * Inputs, Inputs);
            for (var h = 0; h < Hidden; h++)
            {
                var z = parameters[Bias1 + h];
                for (var i = 0; i < Inputs; i++) z += parameters[(h * Inputs) + i] * x[i];
                hidden[h] = z > 0 ? z : Slope * z;
            }

            var largest = double.NegativeInfinity;
            for (var o = 0; o < Outputs; o++)
            {
                var z = parameters[Bias2 + o];
                for (var h = 0; h < Hidden; h++) z += parameters[Weight2 + (o * Hidden) + h] * hidden[h];
                deltas[o] = z;
                largest = Math.Max(largest, z);
            }

            var sum = 0.0;
            foreach (var z in deltas) sum += Math.Exp(z - largest);
            var logSum = Math.Log(sum) + largest;
            loss += logSum - deltas[labels[row]];
            for (var o = 0; o < Outputs; o++)
            {
                deltas[o] = (Math.Exp(deltas[o] - logSum) - (o == labels[row] ? 1 : 0)) / labels.Length;
                gradient[Bias2 + o] += deltas[o];
                for (var h = 0; h < Hidden; h++) gradient[Weight2 + (o * Hidden) + h] += deltas[o] * hidden[h];
            }

            for (var h = 0; h < Hidden; h++)
            {
                var delta = 0.0;
                for (var o = 0; o < Outputs; o++) delta += deltas[o] * parameters[Weight2 + (o * Hidden) + h];
                if (hidden[h] <= 0) delta *= Slope;
                gradient[Bias1 + h] += delta;
                for (var i = 0; i < Inputs; i++) gradient[(h * Inputs) + i] += delta * x[i];
            }
        }

        return loss / labels.Length;
    }

    private void Adam()
    {
        step++;
        var correction1 = 1 - Math.Pow(Beta1, step);
        var correction2 = 1 - Math.Pow(Beta2, step);
        for (var j = 0; j < parameters.Length; j++)
        {
            m[j] = (Beta1 * m[j]) + ((1 - Beta1) * gradient[j]);
            v[j] = (Beta2 * v[j]) + ((1 - Beta2) * gradient[j] * gradient[j]);
            parameters[j] -= Rate * (m[j] / correction1) / (Math.Sqrt(v[j] / correction2) + Epsilon);
        }
    }
}
