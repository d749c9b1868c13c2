namespace NacGateway.Core.Authentication;

/// <summary>What is in the User-Password of a request for a device.</summary>
public enum MacPassword
{
    /// <summary>Nothing: who knows a MAC address must not be able to sign in with it as a person (RFC 5080 section 2.1.1).</summary>
    Empty = 0,

    /// <summary>The User-Name once more, for servers that know no other way.</summary>
    Address = 1,
}
