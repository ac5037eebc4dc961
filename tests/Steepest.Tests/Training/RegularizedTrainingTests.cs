using Steepest.Tests.Networks;

namespace Steepest.Tests.Training;

/// <summary>Penalties, clipping, groups and warm starts in whole runs.</summary>
public sealed class RegularizedTrainingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void An_L2_penalty_is_decay_of_the_weights_by_hand()
    {
        const double Rate = 0.1, L2 = 0.3;
        var network = SeedRun.Network<double>();
        var byHand = SeedRun.Network<double>();
        var gradients = new NetworkGradients(byHand, SeedRun.Train);
        var squares = 0.0;
        foreach (var segment in byHand.Parameters.Layout.Segments)
        {
            var decay = segment.Role == ParameterRole.Weight ? L2 : 0;
            var values = byHand.Parameters[segment];
            var gradient = gradients.By(segment.Name);
            for (var i = 0; i < values.Length; i++)
            {
                squares += decay / L2 * values[i] * values[i];
                values[i] -= Rate * (gradient[i] + (decay * values[i]));
            }
        }

        var history = network.Fit(SeedRun.Train, new TrainingSpec(new GradientDescent(Rate), 1) { Penalty = new(L2: L2) }, cancellation: Cancellation);

        Difference.AssertWithin(1e-15, Snapshots.Of(byHand), Snapshots.Of(network), "parameters");
        Assert.Equal(gradients.Loss + (L2 / 2 * squares), history.Loss[0], 1e-14);
    }

    [Fact]
    public void An_L1_penalty_leaves_fewer_weights_that_matter()
    {
        Assert.InRange(Large(new Penalty(L1: 0.02)), 1, Large(null) / 2);

        static int Large(Penalty? penalty)
        {
            var network = SeedRun.Network<double>();
            network.Fit(SeedRun.Train, new TrainingSpec(new Adam(0.01), 500) { Penalty = penalty }, cancellation: Cancellation);
            double[] weights = [.. network.Parameters["layer1.weight"], .. network.Parameters["layer2.weight"]];
            return weights.Count(weight => Math.Abs(weight) > 0.05);
        }
    }

    [Fact]
    public void Clipping_keeps_a_run_that_would_explode()
    {
        // The slope is 2 · 100 · the distance: steps of a tenth of that overshoot by more each time.
        var data = Dataset.Regression("steep", [10, -10], ["x"], [10, -10], ["y"]);
        var plain = Fit(null, out _);
        Assert.Equal(TrainingOutcome.Diverged, plain.Outcome);

        foreach (var clipping in (Clipping[])[Clipping.ByValue(0.1), Clipping.ByNorm(0.1), Clipping.ByGlobalNorm(0.1)])
        {
            var history = Fit(clipping, out var largest);
            Assert.Equal(TrainingOutcome.Completed, history.Outcome);
            Assert.True(history.Loss[^1] < 0.02, $"{clipping}: {history.Loss[^1]}");
            Assert.InRange(largest, 0.1 - 1e-15, 0.1 + 1e-15);
        }

        History Fit(Clipping? clipping, out double largest)
        {
            var network = NetworkSpec.Mlp(1, [], 1, Activation.Identity, Initializer.Zeros).Build<double>(seed: 1);
            var norms = new List<double>();
            var trainer = new Trainer<double>(network, data, new(new GradientDescent(0.1), 300) { Clipping = clipping }, new AtStep(state =>
                norms.Add(Math.Sqrt(state.Context.Gradient.Values.ToArray().Sum(g => g * g)))));
            var history = trainer.Run(Cancellation);
            largest = norms.Max();
            return history;
        }
    }

    [Fact]
    public void Frozen_segments_keep_their_bits()
    {
        var spec = new TrainingSpec(new Adam(0.01), 20, BatchSize: 30) { Groups = [ParameterGroup.Frozen("layer1.*")], Penalty = new(L2: 0.1) };
        var (start, network) = (SeedRun.Network<double>(), SeedRun.Network<double>());
        var history = network.Fit(SeedRun.Train, spec, cancellation: Cancellation);

        Assert.Equal(start.Parameters["layer1.weight"], network.Parameters["layer1.weight"]);
        Assert.Equal(start.Parameters["layer1.bias"], network.Parameters["layer1.bias"]);
        Assert.NotEqual(start.Parameters["layer2.weight"].ToArray(), network.Parameters["layer2.weight"].ToArray());
        Assert.True(history.Loss[^1] < history.Loss[0]);
    }

    [Fact]
    public void Two_groups_go_at_two_rates()
    {
        var network = SeedRun.Network<double>();
        var gradients = new NetworkGradients(network, SeedRun.Train);
        var before = SeedRun.Network<double>();
        var spec = new TrainingSpec(new GradientDescent(0.5), 1) { Groups = [ParameterGroup.Of(ParameterRole.Bias, new GradientDescent(0.01))] };
        network.Fit(SeedRun.Train, spec, cancellation: Cancellation);

        foreach (var segment in network.Parameters.Layout.Segments)
        {
            var rate = segment.Role == ParameterRole.Bias ? 0.01 : 0.5;
            double[] expected = [.. before.Parameters[segment].ToArray().Zip(gradients.By(segment.Name), (value, gradient) => value - (rate * gradient))];
            Assert.Equal(expected, network.Parameters[segment].ToArray());
        }
    }

    [Fact]
    public void Fitting_again_goes_on_from_where_the_parameters_stand()
    {
        // Gradient descent has no state, and all rows at once no order.
        Network<double> twice = SeedRun.Network<double>(), once = SeedRun.Network<double>();
        var first = twice.Fit(SeedRun.Train, new GradientDescent(0.1), 7, cancellation: Cancellation);
        var second = twice.Fit(SeedRun.Train, new GradientDescent(0.1), 5, cancellation: Cancellation);
        var whole = once.Fit(SeedRun.Train, new GradientDescent(0.1), 12, cancellation: Cancellation);

        Assert.Equal(whole.Loss, [.. first.Loss, .. second.Loss]);
        Assert.Equal(Snapshots.Of(once), Snapshots.Of(twice));
    }

    [Fact]
    public void A_network_takes_over_where_another_stands()
    {
        var spec = new NetworkSpec(4, [new Dense(6, Activation.Relu), new BatchNorm(), new Dense(3, Activation.Identity)]);
        Network<double> trained = spec.Build<double>(seed: 1), other = spec.Build<double>(seed: 2);
        trained.Fit(SeedRun.Train, new Adam(0.01), 10, batchSize: 20, cancellation: Cancellation);
        other.CopyFrom(trained);

        Assert.Equal(Snapshots.Of(trained), Snapshots.Of(other));
        Assert.Equal(trained.Evaluate(SeedRun.Test), other.Evaluate(SeedRun.Test));
        trained.Fit(SeedRun.Train, new Adam(0.01), 10, batchSize: 20, cancellation: Cancellation);
        Assert.NotEqual(Snapshots.Of(trained), Snapshots.Of(other));
        other.Fit(SeedRun.Train, new Adam(0.01), 10, batchSize: 20, cancellation: Cancellation);
        Assert.Equal(Snapshots.Of(trained), Snapshots.Of(other));
    }

    [Fact]
    public void A_network_of_other_segments_is_refused()
    {
        var network = NetworkSpec.Mlp(4, [5], 3, Activation.Tanh).Build<double>(seed: 1);
        Refusals.AssertUnchanged(
            "The parameters of another network cannot be taken over: its layer1 is dense(6, tanh), expected dense(5, tanh).",
            network,
            () =>
            {
                network.CopyFrom(NetworkSpec.Mlp(4, [6], 3, Activation.Tanh).Build<double>(seed: 1));
                return network;
            });
    }
}
