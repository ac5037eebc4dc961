namespace Steepest.Tests.Training.Checkpoints;

/// <summary>A folder for a test's checkpoints, gone at its end.</summary>
public sealed class CheckpointFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("steepest-test-").FullName;

    public string Path => In("run.steepest");

    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(Folder).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!;

    public string In(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>A small checkpoint with a section of every kind.</summary>
    public byte[] WriteSmall()
    {
        using (var writer = CheckpointWriter.Create(Path))
        {
            writer.Add("network", "4-10-3 ∇");
            writer.Add("step", -7L);
            writer.Add("seed", ulong.MaxValue);
            writer.Add("loss", double.NaN);
            writer.Add<byte>("bytes", [0, 255]);
            writer.Add<int>("ints", [int.MinValue, 5]);
            writer.Add<uint>("uints", [uint.MaxValue]);
            writer.Add<float>("floats", [-0f, float.Epsilon, 1.5f]);
            writer.Add<double>("none", []);
            writer.Complete();
        }

        return File.ReadAllBytes(Path);
    }

    // Some disks are slow to empty a file and fill it again, as they make sure of it at once; a new one they are not.
    public void Put(byte[] bytes)
    {
        File.Delete(Path);
        File.WriteAllBytes(Path, bytes);
    }

    public string Refusal() => Assert.Throws<SteepestException>(() => CheckpointReader.Open(Path).Dispose()).Message;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
