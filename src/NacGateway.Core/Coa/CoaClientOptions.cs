using System.ComponentModel;

namespace NacGateway.Core.Coa;

/// <summary>One entry of <c>Coa:Clients</c>: a dynamic authorization client, usually a RADIUS server.</summary>
public sealed class CoaClientOptions
{
    /// <summary>Where its requests come from: an address, or a prefix such as 192.0.2.0/28. No default.</summary>
    public string Address { get; set; } = "";

    /// <summary>Shared secret, taken as UTF-8 and not trimmed. Either this or <see cref="SecretFile"/>; each client should have its own (RFC 5176 section 6.1).</summary>
    [PasswordPropertyText(true)]
    public string? Secret { get; set; }

    /// <summary>File whose octets are the shared secret; one line end at its end is not part of it. Either this or <see cref="Secret"/>.</summary>
    public string? SecretFile { get; set; }
}
