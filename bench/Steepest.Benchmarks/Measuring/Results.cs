namespace Steepest.Benchmarks;

/// <summary>Where results go: the console always, and a file of bench/results where figures mean something.</summary>
internal static class Results
{
    /// <summary>The folder of the repository: the nearest above this program that has one called bench.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!Directory.Exists(Path.Combine(folder.FullName, "bench", "peers")))
                folder = folder.Parent ?? throw new DirectoryNotFoundException("There is no folder bench/peers above this program.");
            return folder.FullName;
        }
    }

    public static string PathOf(string file) => Path.Combine(Root, "bench", "results", file);

    /// <summary>Puts a table between the marks of its name in the pages that quote it, so that no page tells other figures than the results.</summary>
    public static void Quote(string name, Table table, Effort effort)
    {
        if (effort.IsQuick) return;
        foreach (var page in (string[])["README.md", "docs/speed.md"])
        {
            var path = Path.Combine(Root, page);
            var text = File.ReadAllText(path);
            var (begin, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
            var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
            if (from >= 0 && to > from) File.WriteAllText(path, text[..(from + begin.Length)] + table.ToString().ReplaceLineEndings("\n") + text[to..]);
        }
    }

    /// <summary>Writes a whole report; a quick run only shows it.</summary>
    public static void Write(string file, string text, Effort effort)
    {
        Console.WriteLine(text);
        if (!effort.IsQuick) File.WriteAllText(PathOf(file), text.ReplaceLineEndings("\n"));
    }
}
