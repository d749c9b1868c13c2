using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.People;

/// <summary>What is kept of an account, or of a device: what it did lately, newest first.</summary>
public sealed record PersonFile
{
    /// <summary>How it is called: the newest spelling of the account that is kept, or the MAC address. Foreign text.</summary>
    public required string Name { get; init; }

    /// <summary>Its last sessions.</summary>
    public required IReadOnlyList<SessionRow> Sessions { get; init; }

    /// <summary>Whether there are older sessions.</summary>
    public required bool HasMoreSessions { get; init; }

    /// <summary>Its last tries to sign in, refusals among them.</summary>
    public required IReadOnlyList<PolicyDecision> Decisions { get; init; }

    /// <summary>Whether there are older tries.</summary>
    public required bool HasMoreDecisions { get; init; }

    /// <summary>Its devices, by their last sessions; empty for a device.</summary>
    public IReadOnlyList<Acquaintance> Devices { get; init; } = [];

    /// <summary>Who used it, by their last sessions; empty for an account.</summary>
    public IReadOnlyList<Acquaintance> People { get; init; } = [];

    /// <summary>Addresses that it had, by their last sessions.</summary>
    public required IReadOnlyList<Acquaintance> Addresses { get; init; }

    /// <summary>Whether anything at all is kept.</summary>
    public bool IsKnown => Sessions.Count + Decisions.Count > 0;
}
