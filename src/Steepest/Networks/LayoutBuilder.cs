using Steepest.Numerics;

namespace Steepest;

/// <summary>Lays segments out one after another, each on a 64-byte line.</summary>
/// <typeparam name="T">The type of the numbers, for the size of a line.</typeparam>
internal sealed class LayoutBuilder<T>
    where T : unmanaged
{
    private readonly List<ParameterSegment> segments = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private long length;

    /// <exception cref="SteepestException">The name came before, a size is less than 1, or all together are more than one buffer can hold.</exception>
    public ParameterSegment Add(string name, ParameterRole role, ValueList<int> shape)
    {
        if (!names.Add(name)) throw new SteepestException($"The parameter segment {name} comes twice, but each needs a name of its own.");
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 1) throw new SteepestException($"The parameter segment {name} has the size {Text.Of(size)}, but sizes must be at least 1.");
            count = Math.Min(count * size, int.MaxValue);
        }

        var next = length + Lanes.Padded<T>(count);
        if (next > AlignedBuffer<T>.Most)
        {
            throw new SteepestException(
                $"The parameters up to {name} are more than the {Text.Of(AlignedBuffer<T>.Most)} numbers that one buffer can hold; ask for smaller layers.");
        }

        var segment = new ParameterSegment(name, role, shape, (int)length, (int)count);
        segments.Add(segment);
        length = next;
        return segment;
    }

    public ParameterLayout Build() => new([.. segments], (int)length);
}
