using System.Text.Json.Serialization;

namespace NacGateway.Web.Api.Frame;

/// <summary>Why a request was not done (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Address of the explanation of this kind of problem; stable.</summary>
    public required string Type { get; init; }

    /// <summary>What happened, the same for each occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened this time, and what to do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Path of the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>Code under which the gateway's log has more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>What is wrong with which value, by the member's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
}
