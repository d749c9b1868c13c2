namespace NacGateway.Web.Admin.Radius;

/// <summary>Where a RADIUS server has its page.</summary>
internal static class RadiusLinks
{
    /// <summary>A server named as the page that sends a test has the longer address, which all have.</summary>
    public static string Of(string server) =>
        string.Equals(server, "test", StringComparison.OrdinalIgnoreCase) ? $"/radius/servers/{server}" : $"/radius/{Uri.EscapeDataString(server)}";
}
