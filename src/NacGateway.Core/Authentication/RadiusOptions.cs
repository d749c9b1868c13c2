namespace NacGateway.Core.Authentication;

/// <summary>Which RADIUS servers are asked, and for how long.</summary>
public sealed class RadiusOptions
{
    /// <summary>Section in the configuration.</summary>
    public const string Section = "Radius";

    /// <summary>The servers; at least one.</summary>
    public IList<RadiusServerOptions> Servers { get; } = [];

    /// <summary>Time within which a person gets an answer, all servers together: 1 to 60 seconds. Default 10 seconds.</summary>
    public TimeSpan LoginBudget { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>NAS-Identifier (RFC 2865 section 5.32), 1 to 253 octets as UTF-8. Default <c>nacgateway</c>.</summary>
    public string NasIdentifier { get; set; } = "nacgateway";
}
