using System.Net;
using NacGateway.Harness.Input;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>What is sent, to whom, and how much of it at a time.</summary>
internal sealed record LoadSettings
{
    public required IPEndPoint Authentication { get; init; }

    public required IPEndPoint Accounting { get; init; }

    public required ReadOnlyMemory<byte> Secret { get; init; }

    public required IReadOnlyList<HarnessUser> Users { get; init; }

    public required LoadMix Mix { get; init; }

    public required LoadPlan Plan { get; init; }

    /// <summary>Requests in flight at most.</summary>
    public required int Parallel { get; init; }

    /// <summary>How long each transmission waits for its reply.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Transmissions of one request, the first counted.</summary>
    public required int Tries { get; init; }

    /// <summary>Whether Access replies without Message-Authenticator count as no reply.</summary>
    public bool RequireMessageAuthenticator { get; init; } = true;

    /// <summary>Attributes that every request carries.</summary>
    public AttributeList Attributes { get; init; } = new();
}
