namespace Steepest.Compare.Descriptions;

/// <summary>The kinds of tasks, each with the table of its members.</summary>
internal static class TaskKinds
{
    private const string NoisyQuadratic = "noisy-quadratic";

    private static readonly JsonForm<double> NotNegative = JsonForms.Number(("minimum", 0));
    private static readonly JsonForm<double> Share = JsonForms.Number(("minimum", 0), ("exclusiveMaximum", 1));

    /// <summary>A network on data.</summary>
    public static TaskKind Network { get; } = new TaskKind<NetworkTask>(
        new NetworkTask("network", "", []) { Epochs = 1 },
        [
            JsonMember.Of("data", TaskForms.Data, (NetworkTask task) => task.Data, (task, data) => task with { Data = data }, "the name of the data", isRequired: true),
            JsonMember.Of("hidden", TaskForms.Layers, (NetworkTask task) => task.Hidden, (task, hidden) => task with { Hidden = hidden }, "the units of each hidden layer; none unless given"),
            JsonMember.Of("scaling", TaskForms.Scaling, (NetworkTask task) => task.Scaling, (task, scaling) => task with { Scaling = scaling }, "how features are scaled, by what the training rows say"),
            JsonMember.Of("activation", TaskForms.Activation, (NetworkTask task) => task.Activation, (task, activation) => task with { Activation = activation }, "the hidden layers' activation"),
            JsonMember.Of(
                "initializer", JsonForms.OptionalRef(TaskForms.Initializer), (NetworkTask task) => task.Initializer, (task, initializer) => task with { Initializer = initializer },
                "where parameters start; what suits the activation unless given"),
            JsonMember.Of("bias", JsonForms.Switch, (NetworkTask task) => task.Bias, (task, bias) => task with { Bias = bias }, "whether layers have biases"),
            JsonMember.Of(
                "batch-size", JsonForms.Optional(JsonForms.Whole(1, int.MaxValue)), (NetworkTask task) => task.BatchSize, (task, rows) => task with { BatchSize = rows },
                "rows a step; all unless given"),
            JsonMember.Of(
                "validation-share", Share, (NetworkTask task) => task.ValidationShare, (task, share) => task with { ValidationShare = share }, "the share of rows that is validated on; 0 for none"),
            JsonMember.Of(
                "test-share", Share, (NetworkTask task) => task.TestShare, (task, share) => task with { TestShare = share }, "the share of rows that is kept apart for the test; 0 for none"),
            JsonMember.Of(
                "fixed-split", JsonForms.Optional(JsonForms.Whole(0u, uint.MaxValue)), (NetworkTask task) => task.FixedSplit, (task, split) => task with { FixedSplit = split },
                "the split of every repeat, as scikit-learn takes it; another in each unless given"),
            JsonMember.Of("l2", JsonForms.Number(("minimum", 0)), (NetworkTask task) => task.L2, (task, price) => task with { L2 = price }, "the price of squared weights, half of which is part of the loss"),
            JsonMember.Of(
                "autoencoder", JsonForms.Switch, (NetworkTask task) => task.IsAutoencoder, (task, gives) => task with { IsAutoencoder = gives },
                "whether the network learns to give back its inputs, by the mean squared error"),
        ]);

    /// <summary>A test function.</summary>
    public static TaskKind Function { get; } = new TaskKind<FunctionTask>(
        new FunctionTask("function", TestFunction.All[0]) { Epochs = 1 },
        [
            JsonMember.Of(
                "function", TaskForms.Function, (FunctionTask task) => task.Function, (task, function) => task with { Function = function }, "the name of the test function", isRequired: true),
            JsonMember.Of(
                "start-spread", NotNegative, (FunctionTask task) => task.StartSpread, (task, spread) => task with { StartSpread = spread },
                "the standard deviation of what is added to the function's start, so that repeats differ"),
            JsonMember.Of(
                "noise", NotNegative, (FunctionTask task) => task.Noise, (task, noise) => task with { Noise = noise }, "the standard deviation of the noise of every number of a gradient"),
        ]);

    /// <summary>The noisy quadratic, which the same member names as a function.</summary>
    public static TaskKind Quadratic { get; } = new TaskKind<QuadraticTask>(
        new QuadraticTask(NoisyQuadratic) { Epochs = 1 },
        [
            JsonMember.Of("function", JsonForms.Choice("function", (NoisyQuadratic, true)), (QuadraticTask _) => true, (task, _) => task, "the noisy quadratic model", isRequired: true),
            JsonMember.Of("side", JsonForms.Whole(2, 1000), (QuadraticTask task) => task.Side, (task, side) => task with { Side = side }, "rows and columns of the matrix that is trained"),
            JsonMember.Of(
                "condition", JsonForms.Number(("minimum", 1), ("maximum", 1e12)), (QuadraticTask task) => task.Condition, (task, condition) => task with { Condition = condition },
                "the largest curvature by the smallest"),
            JsonMember.Of(
                "noise", NotNegative, (QuadraticTask task) => task.Noise, (task, noise) => task with { Noise = noise }, "1 for the noise of a single row, 1/√b for that of a batch of b rows"),
        ])
    {
        Word = NoisyQuadratic,
    };

    /// <summary>All kinds; of two with one leading member the one with a word of its own first.</summary>
    public static IReadOnlyList<TaskKind> All { get; } = [Network, Quadratic, Function];
}
