using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NacGateway.Web.Api.Frame;

/// <summary>Instants as RFC 3339 in UTC with milliseconds; what is read may have any offset, but must have one.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // The framework's reader takes a time without an offset as one of this machine's zone.
        var text = reader.GetString() ?? "";
        return HasOffset(text) && reader.TryGetDateTimeOffset(out var instant)
            ? instant.ToUniversalTime()
            : throw new JsonException("An instant is written as in 2026-11-26T14:03:00Z (RFC 3339).");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    /// <summary>An instant as the API writes it.</summary>
    public static string Text(DateTimeOffset value) => value.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}
