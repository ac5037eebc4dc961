namespace Steepest.Compare.Descriptions;

/// <summary>The forms that parts of a task have in JSON.</summary>
internal static class TaskForms
{
    /// <summary>What is measured.</summary>
    public static JsonForm<TaskMetric> Metric { get; } = JsonForms.Choice(
        "metric", ("training-loss", TaskMetric.TrainingLoss), ("validation-loss", TaskMetric.ValidationLoss), ("validation-accuracy", TaskMetric.ValidationAccuracy));

    /// <summary>The precision.</summary>
    public static JsonForm<Precision> Precision { get; } = JsonForms.Choice("precision", ("double", Compare.Precision.Double), ("float", Compare.Precision.Float));

    /// <summary>How features are scaled.</summary>
    public static JsonForm<Scaling> Scaling { get; } = JsonForms.Choice(
        "scaling", ("rows-to-length-one", Compare.Scaling.RowsToLengthOne), ("standard", Compare.Scaling.Standard), ("unit-range", Compare.Scaling.UnitRange), ("none", Compare.Scaling.None));

    /// <summary>Data by its name.</summary>
    public static JsonForm<string> Data { get; } = new(
        place => place.Named(() => TaskData.Find(place.Name()).Name),
        (json, name) => json.WriteStringValue(name),
        () => new() { ["enum"] = new System.Text.Json.Nodes.JsonArray([.. TaskData.All.Select(data => (System.Text.Json.Nodes.JsonNode)data.Name)]) });

    /// <summary>Units of each hidden layer.</summary>
    public static JsonForm<ValueList<int>> Layers { get; } = JsonForms.ListOf(JsonForms.Whole(1, 1_000_000), "a list of the units of each hidden layer such as [64, 32]");

    /// <summary>A test function by its name.</summary>
    public static JsonForm<TestFunction> Function { get; } = NamedForm.Of("a test function", TestFunction.All, function => function.Name);

    /// <summary>An activation: its name, or an object with its setting too.</summary>
    public static JsonForm<Activation> Activation { get; } = NamedForm.Of(
        "an activation",
        Steepest.Activation.All,
        activation => activation.Name,
        new("leaky-relu", [("slope", 0.01)], slope => Steepest.Activation.LeakyRelu(slope[0]), activation => activation is LeakyReluActivation leaky ? [leaky.Slope] : []),
        new("elu", [("alpha", 1)], alpha => Steepest.Activation.Elu(alpha[0]), activation => activation is EluActivation elu ? [elu.Alpha] : []),
        new("softplus", [("beta", 1)], beta => Steepest.Activation.Softplus(beta[0]), activation => activation is SoftplusActivation soft ? [soft.Beta] : []));

    /// <summary>An initializer: its name, or an object with its settings too.</summary>
    public static JsonForm<Initializer> Initializer { get; } = NamedForm.Of(
        "an initializer",
        Steepest.Initializer.All,
        initializer => initializer.Name,
        new(
            "uniform", [("low", 0), ("high", 1)], ends => Steepest.Initializer.Uniform(ends[0], ends[1]),
            initializer => initializer is UniformInitializer uniform ? [uniform.Low, uniform.High] : []),
        new(
            "normal", [("mean", 0), ("standard-deviation", 1)], moments => Steepest.Initializer.Normal(moments[0], moments[1]),
            initializer => initializer is NormalInitializer normal ? [normal.Mean, normal.StandardDeviation] : []),
        new(
            "orthogonal", [("gain", 1)], gain => Steepest.Initializer.Orthogonal(gain[0]),
            initializer => initializer is OrthogonalInitializer orthogonal ? [orthogonal.Gain] : []));
}
