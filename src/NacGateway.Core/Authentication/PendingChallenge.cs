using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>An Access-Challenge that waits for its answer. The State stays here; the page only gets <see cref="Id"/>.</summary>
internal sealed record PendingChallenge
{
    public required string Id { get; init; }

    /// <summary>The only client that may answer.</summary>
    public required ClientKey Client { get; init; }

    public required string UserName { get; init; }

    public required string? CallingStationId { get; init; }

    /// <summary>The same in every step and in accounting (RFC 2866 section 5.5).</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>State, to be sent back unmodified (RFC 2865 section 5.24); null when the challenge had none.</summary>
    public required ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>The only server that knows the State.</summary>
    public required string ServerName { get; init; }

    /// <summary>1 for the first challenge of a sign-in.</summary>
    public required int Step { get; init; }

    /// <summary>Monotonic timestamp of the challenge.</summary>
    public required long IssuedAt { get; init; }
}
