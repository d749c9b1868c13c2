using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.People;

namespace NacGateway.Web.Admin.People;

/// <summary>An account, or a device.</summary>
public sealed record PersonModel
{
    /// <summary>As it was asked for.</summary>
    public required string Asked { get; init; }

    /// <summary>What is kept.</summary>
    public required PersonFile File { get; init; }

    /// <summary>How its sign-in stands; null for a device.</summary>
    public LoginLock? Lock { get; init; }

    /// <summary>Whether the device made its address up itself.</summary>
    public bool IsRandomised { get; init; }
}
