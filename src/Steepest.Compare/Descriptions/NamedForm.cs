using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>A value with numbers that its name does not tell.</summary>
/// <param name="Name">The name.</param>
/// <param name="Settings">The numbers' names and what they are where only the name is given.</param>
/// <param name="Make">The value of some numbers.</param>
/// <param name="Values">The numbers of a value.</param>
internal sealed record NumberedName<T>(string Name, (string Key, double Default)[] Settings, Func<double[], T> Make, Func<T, double[]> Values);

/// <summary>The form of values that are known by their names: the name, or an object with name and numbers where there are some.</summary>
internal static class NamedForm
{
    /// <summary>The form of the values of a registry.</summary>
    /// <param name="kind">What they are, with its article, such as "an activation".</param>
    /// <param name="all">The registry.</param>
    /// <param name="nameOf">The name of a value.</param>
    /// <param name="numbered">Those that have numbers.</param>
    public static JsonForm<T> Of<T>(string kind, IReadOnlyList<T> all, Func<T, string> nameOf, params NumberedName<T>[] numbered)
        where T : class => new Registry<T>(kind, all, nameOf, numbered).Form;

    private sealed record Registry<T>(string Kind, IReadOnlyList<T> All, Func<T, string> NameOf, NumberedName<T>[] Numbered)
        where T : class
    {
        public JsonForm<T> Form => new(Read, Write, Schema);

        private T Read(JsonPlace place)
        {
            if (place.Element.ValueKind == JsonValueKind.String || Numbered.Length == 0) return Find(place);
            var members = place.Members($"the name of {Kind}, or an object with a name and settings");
            if (!members.TryGetValue("name", out var name)) throw new SteepestException($"{place.Where} has no name, but the name of {Kind} was expected.");
            var plain = Find(name);
            var of = Numbered.FirstOrDefault(one => one.Name == NameOf(plain));
            foreach (var (key, value) in members)
            {
                if (key == "name") continue;
                if (of is null) throw new SteepestException($"{value.WhereNamed}: {NameOf(plain)} has no settings, but this is one.");
                if (!of.Settings.Any(setting => setting.Key == key))
                    throw new SteepestException($"{value.WhereNamed}: {NearestName.Unknown($"{of.Name} setting", key, of.Settings.Select(setting => setting.Key)).Message}");
            }

            if (of is null) return plain;
            double[] numbers = [.. of.Settings.Select(setting => members.TryGetValue(setting.Key, out var value) ? JsonForms.Number().Read(value) : setting.Default)];
            return place.Named(() => of.Make(numbers));
        }

        private void Write(Utf8JsonWriter json, T value)
        {
            var of = Numbered.FirstOrDefault(one => one.Name == NameOf(value));
            if (of is null || of.Values(value).SequenceEqual(of.Settings.Select(setting => setting.Default)))
            {
                json.WriteStringValue(NameOf(value));
                return;
            }

            json.WriteStartObject();
            json.WriteString("name", of.Name);
            foreach (var ((key, standard), number) in of.Settings.Zip(of.Values(value)))
            {
                if (number == standard) continue;
                json.WritePropertyName(key);
                JsonPlace.Write(json, number);
            }

            json.WriteEndObject();
        }

        private JsonObject Schema()
        {
            var names = new JsonObject { ["enum"] = new JsonArray([.. All.Select(one => (JsonNode)NameOf(one))]) };
            if (Numbered.Length == 0) return names;
            var forms = new JsonArray(names);
            foreach (var one in Numbered)
            {
                var properties = new JsonObject { ["name"] = new JsonObject { ["const"] = one.Name } };
                foreach (var (key, standard) in one.Settings) properties[key] = new JsonObject { ["type"] = "number", ["default"] = standard };
                forms.Add((JsonNode)new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("name"), ["additionalProperties"] = false });
            }

            return new JsonObject { ["anyOf"] = forms };
        }

        private T Find(JsonPlace place)
        {
            var word = place.Name();
            return All.FirstOrDefault(one => NameOf(one) == word)
                ?? throw new SteepestException($"{place.Where}: {NearestName.Unknown(Kind[(Kind.IndexOf(' ', StringComparison.Ordinal) + 1)..], word, All.Select(NameOf)).Message}");
        }
    }
}
