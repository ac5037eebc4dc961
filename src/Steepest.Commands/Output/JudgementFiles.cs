using System.Text;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>The files that a judgement leaves: pictures as PNG and SVG, the report as Markdown, numbers as JSON.</summary>
internal static class JudgementFiles
{
    /// <summary>Draws and serialises everything in memory, so that whoever writes it meets no errors but the disk's.</summary>
    /// <param name="judgement">The judgement.</param>
    /// <param name="before">What the names of the files begin with.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Render(Judgement judgement, string before = "")
    {
        var files = new List<(string, byte[])>();
        foreach (var (name, picture) in JudgementPictures.Of(judgement))
        {
            files.Add(($"{before}{name}.png", picture.ToPng()));
            files.Add(($"{before}{name}.svg", Encoding.UTF8.GetBytes(picture.ToSvg())));
        }

        files.Add(($"{before}judgement.md", Encoding.UTF8.GetBytes(JudgementMarkdown.Of(judgement))));
        files.Add(($"{before}judgement.json", Json(judgement)));
        return files;
    }

    /// <summary>Whether a file of this name is one that a judgement leaves.</summary>
    /// <param name="name">The name without its folder.</param>
    /// <param name="before">What the names of the files begin with.</param>
    public static bool IsOurs(string name, string before = "")
    {
        if (!name.StartsWith(before, StringComparison.Ordinal)) return false;
        var rest = name[before.Length..];
        return rest is "judgement.md" or "judgement.json" || JudgementPictures.IsOurs(rest);
    }

    public static byte[] Json(Judgement judgement)
    {
        using var buffer = new MemoryStream();
        JudgementJson.Write(judgement, buffer);
        return buffer.ToArray();
    }
}
