using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What a segment of the parameters is for; parameter groups choose by it.</summary>
public enum ParameterRole
{
    /// <summary>A matrix of weights, outputs × inputs.</summary>
    Weight,

    /// <summary>A vector of biases, one an output.</summary>
    Bias,

    /// <summary>The scale or the shift of a normalisation, one a feature.</summary>
    Norm,

    /// <summary>A running statistic: no parameter, but part of <see cref="Network{T}.Buffers"/>.</summary>
    Statistic,
}

/// <summary>A named stretch of the parameters: one weight matrix or one bias vector.</summary>
public sealed record ParameterSegment
{
    internal ParameterSegment(string name, ParameterRole role, ValueList<int> shape, int offset, int length)
    {
        Name = name;
        Role = role;
        Shape = shape;
        Offset = offset;
        Length = length;
    }

    /// <summary>Unique in its layout, such as <c>layer1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public ParameterRole Role { get; }

    /// <summary>Its sizes; a weight matrix is outputs × inputs, row-major.</summary>
    public ValueList<int> Shape { get; }

    /// <summary>Where it begins in the flat buffer.</summary>
    public int Offset { get; }

    /// <summary>How many numbers it holds: the product of <see cref="Shape"/>.</summary>
    public int Length { get; }
}

/// <summary>Where each segment stands in a flat buffer: each begins on a 64-byte line.</summary>
public sealed record ParameterLayout
{
    internal ParameterLayout(ValueList<ParameterSegment> segments, int bufferLength)
    {
        Segments = segments;
        BufferLength = bufferLength;
        Count = segments.Sum(segment => segment.Length);
    }

    /// <summary>The segments in order.</summary>
    public ValueList<ParameterSegment> Segments { get; }

    /// <summary>Parameters, without the padding.</summary>
    public int Count { get; }

    /// <summary>Numbers in the buffer, with the padding.</summary>
    public int BufferLength { get; }

    /// <summary>The segment of that name.</summary>
    /// <param name="name">The name, as in <see cref="ParameterSegment.Name"/>.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public ParameterSegment Find(string name) =>
        Segments.FirstOrDefault(segment => segment.Name == name) ?? throw NearestName.Unknown("parameter segment", name, Segments.Select(s => s.Name));

    /// <summary>Lays segments out one after another.</summary>
    /// <param name="segments">Name, role and shape of each; names differ and sizes are at least 1.</param>
    /// <typeparam name="T">The type of the numbers, for the size of a line.</typeparam>
    /// <returns>The layout; two descriptions of equal segments give equal layouts.</returns>
    /// <exception cref="SteepestException">A name comes twice, a size is less than 1, or all together are more than one buffer can hold.</exception>
    public static ParameterLayout Of<T>(params ReadOnlySpan<(string Name, ParameterRole Role, ValueList<int> Shape)> segments)
        where T : unmanaged
    {
        var layout = new LayoutBuilder<T>();
        foreach (var (name, role, shape) in segments) layout.Add(name, role, shape);
        return layout.Build();
    }

    /// <summary>The layout of neighbouring segments by themselves: under the same names, their offsets counted from the first's.</summary>
    internal ParameterLayout Slice(int firstSegment, int count)
    {
        var start = Segments[firstSegment].Offset;
        var end = firstSegment + count < Segments.Count ? Segments[firstSegment + count].Offset : BufferLength;
        return new(
            [.. Segments.Skip(firstSegment).Take(count).Select(s => new ParameterSegment(s.Name, s.Role, s.Shape, s.Offset - start, s.Length))], end - start);
    }

    /// <summary>The layout of some segments by themselves, close together: under the same names, their offsets counted anew.</summary>
    internal ParameterLayout Pick(IReadOnlyList<int> segments)
    {
        var picked = new ParameterSegment[segments.Count];
        var offset = 0;
        for (var i = 0; i < picked.Length; i++)
        {
            var segment = Segments[segments[i]];
            picked[i] = new ParameterSegment(segment.Name, segment.Role, segment.Shape, offset, segment.Length);
            offset += RoomOf(segments[i]);
        }

        return new([.. picked], offset);
    }

    /// <summary>Numbers from a segment's first to the next segment's: its own and its padding.</summary>
    internal int RoomOf(int segment) => (segment + 1 < Segments.Count ? Segments[segment + 1].Offset : BufferLength) - Segments[segment].Offset;
}

/// <summary>
/// One flat buffer of numbers, in named segments that each begin on a 64-byte line: a network's parameters, their gradient, or an optimizer's
/// state of the same layout. What lies between segments is zero and stays zero.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes a buffer of zeros.</summary>
    /// <param name="layout">The segments.</param>
    public Parameters(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        Buffer = new AlignedBuffer<T>(layout.BufferLength);
    }

    private Parameters(ParameterLayout layout, AlignedBuffer<T> buffer) => (Layout, Buffer) = (layout, buffer);

    /// <summary>The segments.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>All numbers with the padding, which must stay zero.</summary>
    public Span<T> Values => Buffer.Span;

    internal AlignedBuffer<T> Buffer { get; }

    /// <summary>The numbers of one segment, row-major.</summary>
    /// <param name="segment">The segment's name.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public Span<T> this[string segment] => this[Layout.Find(segment)];

    /// <summary>The numbers of one segment, row-major.</summary>
    /// <param name="segment">A segment of <see cref="Layout"/>.</param>
    public Span<T> this[ParameterSegment segment]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(segment);
            return Values.Slice(segment.Offset, segment.Length);
        }
    }

    /// <summary>Takes over all numbers of another buffer of the same layout.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="ArgumentException">The layouts differ.</exception>
    public void CopyFrom(Parameters<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.RequireLayout(Layout, "buffer to copy");
        other.Values.CopyTo(Values);
    }

    /// <summary>Sets every parameter to the same number; the padding stays zero.</summary>
    /// <param name="value">The number.</param>
    public void Fill(T value)
    {
        // Not foreach, whose enumerator of a list is an object.
        for (var s = 0; s < Layout.Segments.Count; s++) this[Layout.Segments[s]].Fill(value);
    }

    /// <summary>A view of neighbouring segments, whose numbers are these numbers.</summary>
    /// <param name="start">The offset of the first of them.</param>
    /// <param name="part">Their <see cref="ParameterLayout.Slice"/> of <see cref="Layout"/>.</param>
    internal Parameters<T> Slice(int start, ParameterLayout part) => new(part, Buffer.Slice(start, part.BufferLength));

    /// <summary>Adds a multiple of another buffer of the same layout.</summary>
    internal void Add(T factor, Parameters<T> other)
    {
        var work = new AddWork(factor, ref other.Buffer.First, ref Buffer.First, Buffer.Length);
        Lanes.Run<T, AddWork>(ref work);
    }

    /// <summary>Sets what lies between segments to zero again, whatever a rule made of it.</summary>
    [MethodImpl(Compiled.Once)]
    internal void ClearPadding()
    {
        var values = Values;
        for (var s = 0; s < Layout.Segments.Count; s++)
        {
            var end = Layout.Segments[s].Offset + Layout.Segments[s].Length;
            values[end..(s + 1 < Layout.Segments.Count ? Layout.Segments[s + 1].Offset : values.Length)].Clear();
        }
    }

    /// <summary>Whether this buffer is laid out like another, so that the same place is the same parameter in both.</summary>
    internal void RequireLayout(ParameterLayout layout, string what)
    {
        if (!ReferenceEquals(Layout, layout) && Layout != layout) throw new ArgumentException($"The {what} is not laid out like the parameters.", nameof(layout));
    }

    /// <summary>Whether no number is NaN or infinite.</summary>
    internal bool AllFinite()
    {
        // v·0 is 0 for a finite v and NaN otherwise, and NaN survives a sum.
        var work = new FiniteWork { First = ref Buffer.First, Count = Buffer.Length };
        Lanes.Run<T, FiniteWork>(ref work);
        return work.Finite;
    }

    private readonly ref struct AddWork(T factor, ref T from, ref T to, int count) : ILaneWork<T>
    {
        private readonly ref T from = ref from;
        private readonly ref T to = ref to;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < count; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref to, i);
                V.Store(V.Load(in at) + (factor * V.Load(in Unsafe.Add(ref from, i))), ref at);
            }
        }
    }

    private ref struct FiniteWork : ILaneWork<T>
    {
        public ref T First;
        public int Count;
        public bool Finite;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var sum = V.Broadcast(T.Zero);
            for (var i = 0; i < Count; i += V.Count) sum += T.Zero * V.Load(in Unsafe.Add(ref First, i));
            Span<T> parts = stackalloc T[V.Count];
            V.Store(sum, ref parts[0]);
            Finite = true;
            foreach (var part in parts) Finite &= !T.IsNaN(part);
        }
    }
}
