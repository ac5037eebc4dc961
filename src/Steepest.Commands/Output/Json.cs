using System.Text.Encodings.Web;
using System.Text.Json;

namespace Steepest.Commands;

/// <summary>How lists and descriptions look as JSON.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one document.</summary>
    public static void Write(CommandHost host, object value) => host.Output.WriteLine(JsonSerializer.Serialize(value, Options));
}
