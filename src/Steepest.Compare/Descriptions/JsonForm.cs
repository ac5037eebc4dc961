using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>How values of a type stand in JSON: read, written, and described to who checks a file against the schema.</summary>
/// <param name="Read">The value at a place.</param>
/// <param name="Write">Writes a value.</param>
/// <param name="Schema">A new JSON schema of such values.</param>
internal sealed record JsonForm<T>(Func<JsonPlace, T> Read, Action<Utf8JsonWriter, T> Write, Func<JsonObject> Schema);

/// <summary>A member of an object in JSON, and what it is of the description that the object stands for.</summary>
/// <param name="Name">Its name in kebab-case.</param>
/// <param name="Meaning">What it is, in a sentence; the schema has it too.</param>
/// <param name="IsRequired">Whether it must be there; else a value that is left out is the default.</param>
internal abstract record JsonMember<TOwner>(string Name, string Meaning, bool IsRequired)
{
    /// <summary>The owner with what a place says.</summary>
    public abstract TOwner Read(TOwner owner, JsonPlace place);

    /// <summary>Writes the value.</summary>
    public abstract void Write(Utf8JsonWriter json, TOwner owner);

    /// <summary>Whether two owners have the same value.</summary>
    public abstract bool IsSame(TOwner one, TOwner other);

    /// <summary>A new JSON schema of its values.</summary>
    public abstract JsonObject Schema();
}

/// <summary>Makes members.</summary>
internal static class JsonMember
{
    /// <summary>A member.</summary>
    /// <param name="name">Its name in kebab-case.</param>
    /// <param name="form">How its value stands in JSON.</param>
    /// <param name="of">The value.</param>
    /// <param name="with">The owner with another value, which it may refuse.</param>
    /// <param name="meaning">What it is, in a sentence.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    public static JsonMember<TOwner> Of<TOwner, T>(
        string name, JsonForm<T> form, Func<TOwner, T> of, Func<TOwner, T, TOwner> with, string meaning, bool isRequired = false) =>
        new Typed<TOwner, T>(name, meaning, isRequired, form, of, with);

    /// <summary>Sets what an object's members say, one after the other, and refuses what is unknown or missing.</summary>
    /// <param name="members">The members that it may have.</param>
    /// <param name="owner">All defaults.</param>
    /// <param name="place">Where the object stands.</param>
    /// <param name="found">Its members.</param>
    /// <param name="what">What the object is, such as "task", for the sentence.</param>
    public static TOwner Read<TOwner>(this IReadOnlyList<JsonMember<TOwner>> members, TOwner owner, JsonPlace place, IReadOnlyDictionary<string, JsonPlace> found, string what)
    {
        foreach (var (name, value) in found)
        {
            if (!members.Any(member => member.Name == name))
                throw new SteepestException($"{value.WhereNamed}: {NearestName.Unknown($"{what} member", name, members.Select(member => member.Name)).Message}");
        }

        // In their own order, whatever that of the file is: the first to be refused is always the same.
        foreach (var member in members)
        {
            if (found.TryGetValue(member.Name, out var value)) owner = member.Read(owner, value);
            else if (member.IsRequired) throw new SteepestException($"{place.Where} has no {member.Name}, but every {what} needs one: {member.Meaning}.");
        }

        return owner;
    }

    /// <summary>Writes the members that differ from their defaults, or must be there.</summary>
    public static void Write<TOwner>(this IEnumerable<JsonMember<TOwner>> members, Utf8JsonWriter json, TOwner owner, TOwner defaults)
    {
        foreach (var member in members)
        {
            if (!member.IsRequired && member.IsSame(owner, defaults)) continue;
            json.WritePropertyName(member.Name);
            member.Write(json, owner);
        }
    }

    private sealed record Typed<TOwner, T>(
        string Name, string Meaning, bool IsRequired, JsonForm<T> Form, Func<TOwner, T> Of, Func<TOwner, T, TOwner> With)
        : JsonMember<TOwner>(Name, Meaning, IsRequired)
    {
        public override TOwner Read(TOwner owner, JsonPlace place)
        {
            var value = Form.Read(place);
            return place.Named(() => With(owner, value));
        }

        public override void Write(Utf8JsonWriter json, TOwner owner) => Form.Write(json, Of(owner));

        public override bool IsSame(TOwner one, TOwner other) => EqualityComparer<T>.Default.Equals(Of(one), Of(other));

        public override JsonObject Schema() => Form.Schema();
    }
}
