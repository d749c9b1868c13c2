using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace NacGateway.Core.Sessions;

/// <summary>How a client came, as the record of a decision keeps it (<see cref="Policy.PolicyDecision.Arrival"/>).</summary>
public sealed record ClientArrival
{
    /// <summary>Most characters of its JSON; the column's.</summary>
    private const int Longest = 4000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>User-Agent of the first request: foreign text, one line; null when it gave none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Requests that the gate answered.</summary>
    public int Requests { get; init; }

    /// <summary>The first of them; null when there was none.</summary>
    public ArrivalContact? First { get; init; }

    /// <summary>The last of them, oldest first.</summary>
    public IReadOnlyList<ArrivalContact> Last { get; init; } = [];

    /// <summary>When it opened a page of the portal first, UTC; null when it did not.</summary>
    public DateTimeOffset? PortalOpenedAt { get; init; }

    /// <summary>Reads what a record has. What the database holds may be damaged.</summary>
    public static bool TryRead(string? json, [NotNullWhen(true)] out ClientArrival? arrival)
    {
        try
        {
            arrival = json is null ? null : JsonSerializer.Deserialize<ClientArrival>(json, s_json);
            arrival = arrival is { Last: null } ? arrival with { Last = [] } : arrival;
        }
        catch (JsonException)
        {
            arrival = null;
        }

        return arrival is not null;
    }

    /// <summary>The JSON; with fewer contacts where names that need much escaping make it too long.</summary>
    internal string ToJson()
    {
        var text = JsonSerializer.Serialize(this, s_json);
        return text.Length <= Longest ? text
            : Last.Count > 0 ? (this with { Last = [.. Last.Skip(1)] }).ToJson()
            : JsonSerializer.Serialize(new ClientArrival { Requests = Requests, PortalOpenedAt = PortalOpenedAt }, s_json);
    }
}
