using System.Text;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>The files that a race leaves: pictures as PNG and SVG, curves as CSV, numbers as JSON.</summary>
internal static class RaceFiles
{
    /// <summary>The names of all files that a race can leave; one that lacks the runs for a picture leaves fewer.</summary>
    public static IReadOnlyList<string> Names { get; } = ["one-rate.png", "one-rate.svg", "best-rates.png", "best-rates.svg", "curves.csv", "race.json"];

    /// <summary>Draws and serialises everything in memory, so that whoever writes it meets no errors but the disk's.</summary>
    /// <param name="race">A race, finished or not.</param>
    /// <returns>The files' names, each one of <see cref="Names"/>, and what they hold.</returns>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Render(RaceResult race)
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
        files.Add(("race.json", Json(race)));
        return files;
    }

    public static void WriteJson(RaceResult race, TextWriter output) => output.WriteLine(Encoding.UTF8.GetString(Json(race)));

    private static byte[] Json(RaceResult race)
    {
        using var buffer = new MemoryStream();
        RaceJson.Write(race, buffer);
        return buffer.ToArray();
    }
}
