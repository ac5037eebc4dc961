namespace Steepest.Compare;

/// <summary>A task of the catalogue and what it is for.</summary>
/// <param name="Task">The task.</param>
/// <param name="Purpose">What it is for, in a sentence.</param>
public sealed record CatalogTask(TaskSpec Task, string Purpose);

/// <summary>Tasks that are run together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for, in a sentence.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Contenders">Who runs unless others are named, in the command's spelling.</param>
/// <param name="Baseline">The one of them that the others are compared with.</param>
/// <param name="Repeats">Repeats unless another number is asked for.</param>
public sealed record TaskSuite(string Name, string Description, ValueList<TaskSpec> Tasks, ValueList<string> Contenders, string Baseline, int Repeats);

/// <summary>
/// The tasks that come with Steepest: real data, small networks, and functions whose difficulty is known. Budgets are such that a trial takes a tenth of a second, so that a
/// whole procedure with tuning and repeats is a matter of seconds a contender.
/// </summary>
public static class TaskCatalog
{
    private const double BreastCancerOptimum = 0.0834129595705433;
    private const double DigitsOptimum = 0.268324930495537;

    /// <summary>The article's task: how fast the training loss of a tiny network falls.</summary>
    /// <remarks>All rows at every step, as there, and no validation rows: it is about optimization alone. Plain gradient descent needs some 850 epochs at its best rate; the budget is twice that and a
    /// little more. The target is the loss at which the article's slowest run ended.</remarks>
    public static NetworkTask Iris { get; } = new("iris", "iris", [10])
    {
        Epochs = 2000,
        Scaling = Scaling.RowsToLengthOne,
        Activation = Activation.LeakyRelu(),
        Initializer = Initializer.Uniform(0, 1),
        ValidationShare = 0,
        TestShare = 0.33,
        Target = 0.1145,
    };

    /// <summary>A small network that is to generalise from 106 rows.</summary>
    /// <remarks>All rows at every step: so few need no batches, and L-BFGS can enter. The loss on the validation rows, since a share of 36 rows would be too coarse. After 300 epochs the well tuned have
    /// begun to learn by heart.</remarks>
    public static NetworkTask Wine { get; } = new("wine", "wine", [16]) { Epochs = 300, Activation = Activation.Tanh, Metric = TaskMetric.ValidationLoss, Target = 0.043 };

    /// <summary>A small network in small batches on data that is nearly separable.</summary>
    /// <remarks>Batches of 32, so that gradients have noise. The loss on the validation rows, since nearly all rules get the same few of them wrong. 60 epochs are 660 steps, after which the best of momentum and
    /// Adam have stopped to gain.</remarks>
    public static NetworkTask BreastCancer { get; } = new("breast-cancer", "breast-cancer", [16]) { Epochs = 60, BatchSize = 32, Metric = TaskMetric.ValidationLoss, Target = 0.079 };

    /// <summary>Images in ten classes, trained as usual.</summary>
    /// <remarks>Batches of 32 and floats, as one would train it, and measured as usual: by the share of the validation rows that is right. 40 epochs are 1,360 steps.</remarks>
    public static NetworkTask Digits { get; } = new("digits", "digits", [64])
    {
        Epochs = 40,
        BatchSize = 32,
        Scaling = Scaling.UnitRange,
        Metric = TaskMetric.ValidationAccuracy,
        Precision = Precision.Float,
        Target = 0.97,
    };

    /// <summary>Logistic regression with a price on its weights: convex, with an optimum that is known to 14 digits.</summary>
    /// <remarks>The training loss with its penalty, all rows at every step: optimization alone, and a target that is a gap to the truth (1e-5) instead of what another rule reached. All rows are trained on, so that
    /// the optimum is the same in every repeat; repeats differ in their starts. 500 epochs suffice for gradient descent at its best rate.</remarks>
    public static NetworkTask LogisticBreastCancer { get; } = Logistic("logistic-breast-cancer", "breast-cancer", 500) with { Target = BreastCancerOptimum + 1e-5 };

    /// <summary>The same for ten classes, in 650 dimensions.</summary>
    /// <remarks>As the other, with a gap of 1e-4 and 300 epochs, each of which costs more: momentum and Adam come so far in about a third of them.</remarks>
    public static NetworkTask LogisticDigits { get; } = Logistic("logistic-digits", "digits", 300) with { Target = DigitsOptimum + 1e-4 };

    /// <summary>Words of mails, most of which are absent from most of them: logistic regression on sparse features.</summary>
    /// <remarks>Batches of 32, in which a rare word is rare: where rules that remember how rare a gradient is are said to shine (Duchi et al. 2011). Unscaled, so that what is absent stays 0, and in floats, which the data
    /// is kept in. The loss on the validation rows, of which all rules get nearly as many right. 6 epochs are 684 steps.</remarks>
    public static NetworkTask Mails { get; } = new("mails", "mails", [])
    {
        Epochs = 6,
        BatchSize = 32,
        Scaling = Scaling.None,
        Metric = TaskMetric.ValidationLoss,
        Precision = Precision.Float,
        Target = 0.11,
    };

    /// <summary>A deep and narrow network that is to give its images back: badly conditioned.</summary>
    /// <remarks>The classic of optimization beyond the first order (Hinton and Salakhutdinov 2006, Martens 2010), small. The mean squared error of pixels between 0 and 1 on the validation rows; batches of 32 and floats. 60
    /// epochs are 2,040 steps; it is still falling then, as such networks do.</remarks>
    public static NetworkTask Autoencoder { get; } = new("autoencoder", "digits", [32, 8, 32])
    {
        Epochs = 60,
        BatchSize = 32,
        Scaling = Scaling.UnitRange,
        Activation = Activation.Tanh,
        Initializer = Initializer.Glorot,
        Metric = TaskMetric.ValidationLoss,
        Precision = Precision.Float,
        IsAutoencoder = true,
        Target = 0.026,
    };

    /// <summary>Noise against curvature, and nothing else: what averaging and a small rate are worth.</summary>
    /// <remarks>The loss is known without its noise. 2,000 steps are 20 times the condition: enough for gradient descent to fall to its noise at a rate with which that is small.</remarks>
    public static QuadraticTask NoisyQuadratic { get; } = new("noisy-quadratic") { Epochs = 2000, Target = 0.032 };

    /// <summary>Curvature that lies along no axis, where rules that scale each number by itself gain nothing.</summary>
    /// <remarks>The value, without noise. 200 steps are twice the condition: momentum needs the root of it a few times, gradient descent more than there are.</remarks>
    public static FunctionTask TurnedValley { get; } = new("turned-valley", new ValleyFunction()) { Epochs = 200, Target = 1.1e-5 };

    /// <summary>Curvature that turns along the way.</summary>
    /// <remarks>The value, without noise. 2,000 steps are ample for momentum and Adam and too few for gradient descent, as on any bent valley.</remarks>
    public static FunctionTask Rosenbrock { get; } = new("rosenbrock", new RosenbrockFunction()) { Epochs = 2000, Target = 1.6e-8 };

    /// <summary>Every task, networks before functions.</summary>
    public static IReadOnlyList<CatalogTask> All { get; } =
    [
        new(Iris, "The article's: how fast the training loss of a tiny network falls."),
        new(Wine, "A small network that is to generalise from few rows, all of them at every step."),
        new(BreastCancer, "A small network in small batches on data that is nearly separable."),
        new(Digits, "Images in ten classes, in batches, by accuracy: the usual way to train."),
        new(LogisticBreastCancer, "Convex, with a known optimum: optimization alone."),
        new(LogisticDigits, "Convex, with a known optimum, in 650 dimensions."),
        new(Mails, "Rare words in small batches: sparse features."),
        new(Autoencoder, "A deep and narrow network: badly conditioned."),
        new(NoisyQuadratic, "Noise and curvature alone, along the axes."),
        new(TurnedValley, "Curvature that lies along no axis, without noise."),
        new(Rosenbrock, "Curvature that turns along the way, without noise."),
    ];

    /// <summary>The suites, the shortest first.</summary>
    public static IReadOnlyList<TaskSuite> Suites { get; } =
    [
        new("quick", "Under a minute on two cores for three contenders.", [Iris, Wine, BreastCancer, LogisticBreastCancer, NoisyQuadratic, TurnedValley, Rosenbrock],
            ["gradient-descent", "sgd,momentum=0.9", "adam"], "adam", Repeats: 10),
        new("standard", "All tasks: under an hour on two cores for 14 contenders.", [.. All.Select(one => one.Task)],
            [
                "gradient-descent", "sgd,momentum=0.9", "sgd,momentum=0.9,nesterov=on", "adagrad", "rms-prop", "adam", "adamw", "nadam", "radam", "lion", "muon", "schedule-free-adamw", "prodigy", "l-bfgs",
            ],
            "adam",

            // 13 comparisons need 10 repeats that say something; here a few may miss the target with both.
            Repeats: 20),
    ];

    /// <summary>The task of that name.</summary>
    /// <param name="name">A name of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static TaskSpec Find(string name) => All.FirstOrDefault(one => one.Task.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Task
        ?? throw NearestName.Unknown("task", name, All.Select(one => one.Task.Name));

    /// <summary>The suite of that name.</summary>
    /// <param name="name">A name of <see cref="Suites"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static TaskSuite FindSuite(string name) => Suites.FirstOrDefault(suite => suite.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("suite", name, Suites.Select(suite => suite.Name));

    private static NetworkTask Logistic(string name, string data, int epochs) => new(name, data, []) { Epochs = epochs, ValidationShare = 0, TestShare = 0, L2 = 0.01 };
}
