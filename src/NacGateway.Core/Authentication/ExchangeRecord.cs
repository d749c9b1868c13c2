using System.Diagnostics.CodeAnalysis;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>One request to a RADIUS server and its answer, as the record of a decision keeps them (<see cref="Policy.PolicyDecision.Exchange"/>).</summary>
public sealed record ExchangeRecord
{
    /// <summary>Most octets that a record takes; the column's.</summary>
    internal const int Longest = 9000;

    /// <summary>How it ended.</summary>
    public required ExchangeStatus Status { get; init; }

    /// <summary>Server that answered, or was asked last; null when none was.</summary>
    public string? ServerName { get; init; }

    /// <summary>Datagrams sent, retransmissions counted, to all servers together.</summary>
    public required int Sends { get; init; }

    /// <summary>From the first transmission to the end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What went wrong, in words; null for nothing to add to the status.</summary>
    public string? Problem { get; init; }

    /// <summary>Servers that were asked as well.</summary>
    public IReadOnlyList<PassedOverServer> PassedOver { get; init; } = [];

    /// <summary>The request; null when nothing was sent.</summary>
    public ExchangePacket? Request { get; init; }

    /// <summary>The answer; null when none was believed.</summary>
    public ExchangePacket? Reply { get; init; }

    /// <summary>Reads a record. What the database holds may be damaged, or of a release to come.</summary>
    /// <param name="octets">The column; null for nothing recorded.</param>
    /// <param name="record">The record, or null.</param>
    /// <returns>Whether it could be read as a whole.</returns>
    public static bool TryRead(byte[]? octets, [NotNullWhen(true)] out ExchangeRecord? record)
    {
        record = octets is null ? null : new ExchangeReader(octets).Read();
        return record is not null;
    }
}
