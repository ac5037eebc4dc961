using System.Text.Json.Nodes;
using Steepest.Lab.Races;

namespace Steepest.Lab;

/// <summary>What a race can be made of, as the library describes it: data, optimizers with their settings, activations, lessons.</summary>
internal static class Catalog
{
    /// <summary>The document that the page reads first.</summary>
    /// <param name="optimizers">The optimizers there are.</param>
    public static object Of(IReadOnlyList<OptimizerInfo> optimizers) => new
    {
        data = Datasets.All.Select(data => new { name = data.Name, description = data.Description, rows = data.Rows, features = data.FeatureCount, classes = data.Classes }),
        activations = Activation.All.Select(activation => activation.Name),
        optimizers = optimizers.Select(info => new
        {
            name = info.Name,
            title = info.Title,
            source = info.Source,
            settings = info.Settings.Select(setting => new
            {
                name = setting.Name,
                value = double.IsFinite(setting.Default) ? setting.Default : (double?)null, // JSON has no word for without end.
                range = setting.Range.ToString(),
                meaning = setting.Meaning,
                isSwitch = setting.IsSwitch,
            }),
        }),
        lessons = Lesson.All.Select(lesson => new { name = lesson.Name, title = lesson.Title, look = lesson.Look, argue = lesson.Argue, race = JsonNode.Parse(JsonPlace.Written(lesson.Race.Write)) }),
        limits = new { epochs = RaceRequest.MostEpochs, contenders = RaceRequest.MostContenders },
    };
}
