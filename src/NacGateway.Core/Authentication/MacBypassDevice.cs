namespace NacGateway.Core.Authentication;

/// <summary>A device that needs no sign-in.</summary>
public sealed class MacBypassDevice
{
    /// <summary>Its MAC address, in any spelling. The session's User-Name is this as it is written here.</summary>
    public string Address { get; set; } = "";

    /// <summary>What it is, for the log. Default: nothing.</summary>
    public string Name { get; set; } = "";

    /// <summary>The role that it gets, one of the policy's. Default: none, then the limits of the settings hold.</summary>
    public string Role { get; set; } = "";
}
