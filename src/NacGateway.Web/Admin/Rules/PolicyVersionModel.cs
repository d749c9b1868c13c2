using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;

namespace NacGateway.Web.Admin.Rules;

/// <summary>One version of the rules.</summary>
public sealed record PolicyVersionModel
{
    /// <summary>As kept.</summary>
    public required PolicyText Text { get; init; }

    /// <summary>In words; null where it cannot be read.</summary>
    public PolicyReading? Reading { get; init; }

    /// <summary>The newest version of all.</summary>
    public required int InForce { get; init; }

    /// <summary>Its lines beside those of the version before.</summary>
    public required IReadOnlyList<LineChange> Changes { get; init; }
}
