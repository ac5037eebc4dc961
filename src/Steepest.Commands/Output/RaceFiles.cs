using System.Text;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>The files that a race leaves: pictures as PNG and SVG, curves as CSV, numbers as JSON.</summary>
internal static class RaceFiles
{
    public static void Write(RaceResult race, string folder)
    {
        foreach (var (name, picture) in RacePictures.Of(race))
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}.png"), picture.ToPng());
            File.WriteAllText(Path.Combine(folder, $"{name}.svg"), picture.ToSvg());
        }

        using (var csv = new StreamWriter(Path.Combine(folder, "curves.csv"))) RaceCsv.Write(race, csv);
        using var json = File.Create(Path.Combine(folder, "race.json"));
        RaceJson.Write(race, json);
    }

    public static void WriteJson(RaceResult race, TextWriter output)
    {
        using var buffer = new MemoryStream();
        RaceJson.Write(race, buffer);
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
