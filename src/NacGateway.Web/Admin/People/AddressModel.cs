using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.People;

namespace NacGateway.Web.Admin.People;

/// <summary>Who had an address.</summary>
public sealed record AddressModel
{
    /// <summary>The address as typed.</summary>
    public string? Asked { get; init; }

    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null without an address.</summary>
    public AddressAnswer? Answer { get; init; }

    /// <summary>How the sign-in from there stands; null without an address.</summary>
    public LoginLock? Lock { get; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
