using System.Text;
using Steepest.Compare;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>The files that a race leaves: pictures as PNG and SVG, curves as CSV, numbers as JSON.</summary>
internal static class RaceFiles
{
    /// <summary>What the names of the fair race's files begin with.</summary>
    public const string Fair = "fair-";

    /// <summary>The names of all files that a race can leave; one that lacks the runs for a picture leaves fewer.</summary>
    public static IReadOnlyList<string> Names { get; } = ["one-rate.png", "one-rate.svg", "best-rates.png", "best-rates.svg", "curves.csv", "race.json"];

    /// <summary>Draws and serialises everything in memory, so that whoever writes it meets no errors but the disk's.</summary>
    /// <param name="race">A race, finished or not.</param>
    /// <param name="fair">The fair race after it, if there was one.</param>
    /// <returns>The files' names, and what they hold.</returns>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Render(RaceResult race, Judgement? fair)
    {
        var files = new List<(string, byte[])>();
        foreach (var (name, picture) in RacePictures.Of(race))
        {
            files.Add(($"{name}.png", picture.ToPng()));
            files.Add(($"{name}.svg", Encoding.UTF8.GetBytes(picture.ToSvg())));
        }

        using var csv = new StringWriter();
        RaceCsv.Write(race, csv);
        files.Add(("curves.csv", Encoding.UTF8.GetBytes(csv.ToString())));
        files.Add(("race.json", Json(race, fair)));
        if (fair is not null) files.AddRange(JudgementFiles.Render(fair, Fair));
        return files;
    }

    public static void WriteJson(RaceResult race, Judgement? fair, TextWriter output) => output.WriteLine(Encoding.UTF8.GetString(Json(race, fair)));

    private static byte[] Json(RaceResult race, Judgement? fair)
    {
        using var buffer = new MemoryStream();
        RaceJson.Write(race, fair, buffer);
        return buffer.ToArray();
    }
}
