using System.Net;

namespace NacGateway.Core.Authentication;

/// <summary>What a person submitted on the sign-in page. Never logged as a whole: it holds the password.</summary>
public sealed class LoginAttempt
{
    /// <summary>The client's address, as the listener saw it.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>User-Name exactly as typed (NFC), 1 to 253 octets as UTF-8.</summary>
    public required string UserName { get; init; }

    /// <summary>Password, 1 to 128 octets as UTF-8.</summary>
    public required string Password { get; init; }

    /// <summary>The client's MAC address as AA-BB-CC-DD-EE-FF where it is known (RFC 3580 section 3.21); null when it is not.</summary>
    public string? CallingStationId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Sign-in of {UserName} from {ClientAddress}";
}
