namespace NacGateway.Core.Authentication;

/// <summary>Settings of devices that come in by their MAC address alone. Whoever knows such an address can take it: what they may reach should be little.</summary>
public sealed class MacBypassOptions
{
    public const string Section = "MacBypass";

    /// <summary>Devices that need no sign-in, such as printers. Default: none.</summary>
    public IList<MacBypassDevice> Devices { get; init; } = [];

    /// <summary>Whether the RADIUS servers are asked about every device that is seen and has no session (Service-Type Call-Check). Default false.</summary>
    public bool Radius { get; set; }

    /// <summary>How the MAC address is written as User-Name. Default <c>Plain</c>: lower case, nothing between.</summary>
    public MacFormat UserName { get; set; } = MacFormat.Plain;

    /// <summary>What the User-Password holds. Default <c>Empty</c>; <c>Address</c> is the User-Name, for servers that need it (RFC 5080 section 2.1.1 advises against it).</summary>
    public MacPassword Password { get; set; } = MacPassword.Empty;

    /// <summary>How long a device that was refused is not asked about again. Default 10 minutes.</summary>
    public TimeSpan RejectedFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests for devices in a second, at most: a flood of MAC addresses is none of requests. Default 10.</summary>
    public int RequestsPerSecond { get; set; } = 10;
}
