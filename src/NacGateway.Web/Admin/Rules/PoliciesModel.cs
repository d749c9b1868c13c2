using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;

namespace NacGateway.Web.Admin.Rules;

/// <summary>The rules in force, in words.</summary>
public sealed record PoliciesModel
{
    /// <summary>As kept; null where there are none.</summary>
    public PolicyText? Text { get; init; }

    /// <summary>In words; null where the newest version cannot be read.</summary>
    public PolicyReading? Reading { get; init; }

    /// <summary>Version that this gateway judges by.</summary>
    public required int InForce { get; init; }
}
