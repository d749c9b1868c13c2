namespace NacGateway.Core.Policy;

/// <summary>What an Access-Accept grants, in terms of this gateway.</summary>
public sealed record Authorization
{
    /// <summary>Limits in force: the shorter of the server's and the local ones. Those of roles are not in them.</summary>
    public required SessionLimits Limits { get; init; }

    /// <summary>Limits as the server sent them.</summary>
    public SessionLimits Sent { get; init; } = new();

    /// <summary>User-Name of the Accept, to be used for the session (RFC 2865 section 5.1); null when it has none that can be used.</summary>
    public string? UserName { get; init; }

    /// <summary>Every Class, unmodified and in order, for accounting (RFC 2865 section 5.25).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Classes { get; init; } = [];

    /// <summary>Chargeable-User-Identity, unmodified, for accounting (RFC 4372 section 2.1); null when it has none.</summary>
    public ReadOnlyMemory<byte>? ChargeableUserIdentity { get; init; }

    /// <summary>Attributes of the assigned VLAN in wire form, for accounting (RFC 2868 section 3); empty when it has none.</summary>
    public ReadOnlyMemory<byte> TunnelAttributes { get; init; }

    /// <summary>Whether the server wants to be asked again at Session-Timeout (Termination-Action, RFC 2865 section 5.29).</summary>
    public bool Reauthenticates { get; init; }

    /// <summary>State, unmodified, for when the server is asked again (RFC 2865 section 5.24); null when it has none.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>Reply-Messages in packet order, a line each; untrusted text. Null when it has none.</summary>
    public string? Message { get; init; }

    /// <summary>Roles that it names, by Filter-Id or a vendor's attribute, in packet order; known or not.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Acct-Interim-Interval as the server sent it; null when it sent none.</summary>
    public TimeSpan? InterimInterval { get; init; }

    /// <summary>What was passed over, in sentences for the log.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
