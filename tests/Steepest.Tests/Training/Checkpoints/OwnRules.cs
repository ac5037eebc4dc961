using System.Numerics;

namespace Steepest.Tests.Training.Checkpoints;

/// <summary>Gradient descent that evaluates at the mean of the places it has been to.</summary>
internal sealed record MeanOfPlaces(Schedule LearningRate) : Optimizer
{
    public override Schedule LearningRate { get; init; } = LearningRate;

    public override OptimizerInfo Info { get; } = new(
        "mean-of-places", "mean of places", "Polyak and Juditsky 1992", 1, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new MeanOfPlaces(rate));

    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new AtWork<T>(parameters, LearningRate);

    private sealed class AtWork<T>(Parameters<T> parameters, Schedule rate) : Stepper<T>(parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Parameters<T> mean = new(parameters.Layout);

        public override Parameters<T> EvaluationParameters => mean;

        public override IReadOnlyList<StateBlock<T>> State => [new("mean", StateShape.LikeParameters, mean)];

        protected override void Apply(StepContext<T> context)
        {
            var α = T.CreateChecked(rate.At(StepCount - 1, context.TotalSteps));
            var share = T.One / T.CreateChecked(StepCount);
            for (var i = 0; i < mean.Values.Length; i++)
            {
                Parameters.Values[i] -= α * context.Gradient.Values[i];
                mean.Values[i] += share * (Parameters.Values[i] - mean.Values[i]);
            }
        }
    }
}

/// <summary>Descends by the gradient a little further down the slope: it asks for a second gradient in every step.</summary>
internal sealed record LooksAhead(Schedule LearningRate) : Optimizer
{
    public override Schedule LearningRate { get; init; } = LearningRate;

    public override OptimizerInfo Info { get; } = new(
        "looks-ahead", "looks ahead", "Korpelevich 1976", 0, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new LooksAhead(rate));

    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new AtWork<T>(parameters, LearningRate);

    private sealed class AtWork<T>(Parameters<T> parameters, Schedule rate) : Stepper<T>(parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Parameters<T> ahead = new(parameters.Layout), gradient = new(parameters.Layout);

        public override IReadOnlyList<StateBlock<T>> State => [];

        protected override void Apply(StepContext<T> context)
        {
            var α = T.CreateChecked(rate.At(StepCount - 1, context.TotalSteps));
            for (var i = 0; i < ahead.Values.Length; i++)
                ahead.Values[i] = Parameters.Values[i] - (α * context.Gradient.Values[i]);
            context.Evaluate(ahead, gradient);
            for (var i = 0; i < ahead.Values.Length; i++)
                Parameters.Values[i] -= α * gradient.Values[i];
        }
    }
}
