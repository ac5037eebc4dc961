// Draws the pictures of the pages anew, or of those that are named, and prints the lines that the pages quote:
//   dotnet run -c Release --project docs/figures [page …]
// The pages of the optimizers' gallery are written whole, text and pictures: its name is gallery. The JSON schema of experiments is named schema.
using Steepest.Compare.Descriptions;
using Steepest.Figures;

var folder = Path.Combine(Environment.CurrentDirectory, "docs");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine("There is no folder docs here; run this in the root of the repository.");
    return 2;
}

foreach (var (name, make) in Page.All.Where(page => args.Length == 0 || args.Contains(page.Name)))
{
    using var page = make();
    var png = page.Picture.ToPng();
    File.WriteAllBytes(Path.Combine(folder, $"{name}.png"), png);
    Console.WriteLine($"{name}.png, {png.Length / 1024} KB");
    foreach (var line in page.Lines)
    {
        Console.WriteLine($"  {line}");
    }
}

if (args.Length == 0 || args.Contains(Gallery.Name)) new Gallery().Write(folder);

if (args.Length == 0 || args.Contains(FunctionPaths.Name)) new FunctionPaths().Write(folder);

if (args.Length == 0 || args.Contains("schema")) File.WriteAllText(Path.Combine(folder, "experiment.schema.json"), ExperimentSchema.Write());

return 0;
