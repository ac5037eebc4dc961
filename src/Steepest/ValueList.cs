using System.Collections;
using System.Runtime.CompilerServices;

namespace Steepest;

/// <summary>An immutable list that compares by content, for sequences inside descriptions (arrays in records compare by reference).</summary>
/// <typeparam name="T">What the list holds.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] items;

    internal ValueList(ReadOnlySpan<T> items) => this.items = items.ToArray();

    /// <summary>How many items the list holds.</summary>
    public int Count => items.Length;

    /// <summary>The item at a place, counted from 0.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    public T this[int index] => items[index];

    /// <summary>Whether the other list holds equal items in the same order.</summary>
    /// <param name="other">The other list.</param>
    public bool Equals(ValueList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in items) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The items in brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", items)}]";
}

/// <summary>Makes <see cref="ValueList{T}"/>s.</summary>
public static class ValueList
{
    /// <summary>A list of the given items; what a collection expression calls.</summary>
    /// <param name="items">The items in order; they are copied.</param>
    /// <typeparam name="T">What the list holds.</typeparam>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items);
}
