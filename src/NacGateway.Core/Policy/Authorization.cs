namespace NacGateway.Core.Policy;

/// <summary>What an Access-Accept grants, in terms of this gateway.</summary>
public sealed record Authorization
{
    /// <summary>Limits in force: the shorter of the server's and the local ones.</summary>
    public required SessionLimits Limits { get; init; }

    /// <summary>User-Name of the Accept, to be used for the session (RFC 2865 section 5.1); null when it has none that can be used.</summary>
    public string? UserName { get; init; }

    /// <summary>Every Class, unmodified and in order, for accounting (RFC 2865 section 5.25).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Classes { get; init; } = [];
}
