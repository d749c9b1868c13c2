using System.Text.Json.Serialization;

namespace NacGateway.Web.Gate.Probes;

/// <summary>What a probe's own host answers, by which the client knows that it is online.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ProbeSuccess
{
    /// <summary>200 or 204.</summary>
    public required int Status { get; init; }

    /// <summary>Content-Type of the body.</summary>
    public string? Type { get; init; }

    /// <summary>The body; none with 204.</summary>
    public string? Body { get; init; }

    /// <summary>Further fields that the client looks for.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with it, with the remedy.</summary>
    public IEnumerable<string> Check()
    {
        if (Status is not (StatusCodes.Status200OK or StatusCodes.Status204NoContent))
        {
            yield return $"online: status {Status} is none by which a client knows that it is online. Write 200 or 204.";
        }

        if (Status == StatusCodes.Status204NoContent && !string.IsNullOrEmpty(Body))
        {
            yield return "online: 204 has no body (RFC 9110 section 15.3.5). Leave body out, or write 200.";
        }

        // The server refuses what no field may hold, and would then answer 500.
        foreach (var (name, value) in Headers.Append(new("Content-Type", Type ?? "")))
        {
            if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') || value is null || value.Any(letter => letter is < ' ' or > '~'))
            {
                yield return $"online: the field '{name}' cannot be sent. Names are of letters, digits and dashes, values of printable ASCII.";
            }
        }
    }
}
