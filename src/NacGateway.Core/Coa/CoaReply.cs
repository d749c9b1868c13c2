namespace NacGateway.Core.Coa;

/// <summary>
/// The answer to a Disconnect-Request or CoA-Request, recorded with its effect if it has one: the same request again gets the same answer and
/// has no second effect, even after a restart (RFC 5176 section 2.3). Kept for as long as its Event-Timestamp would be believed.
/// </summary>
internal sealed class CoaReply
{
    /// <summary>SHA-256 over the client's address and the whole request.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>From when it is kept for a window: when it was given, or the request's Event-Timestamp where that is later.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The answer's code.</summary>
    public required byte Code { get; init; }

    /// <summary>Its attributes in wire form; the authenticator is computed anew for whoever asks again.</summary>
    public required byte[] Attributes { get; init; }
}
