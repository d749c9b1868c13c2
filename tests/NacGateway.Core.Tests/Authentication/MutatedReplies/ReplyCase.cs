using NacGateway.Core.Policy;

namespace NacGateway.Core.Tests.Authentication.MutatedReplies;

/// <summary>One wrong, or odd, reply.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Verdict">What has to come of it.</param>
/// <param name="Make">The datagrams, from the octets of the request.</param>
internal sealed record ReplyCase(string Name, ReplyVerdict Verdict, Func<byte[], IReadOnlyList<byte[]>> Make)
{
    /// <summary>Of a granted one: whether its limits are right; null is not looked at.</summary>
    public Func<SessionLimits, bool>? Limits { get; init; }

    /// <summary>Another address than the server's to send it from; null for the server's own.</summary>
    public string? From { get; init; }

    public override string ToString() => $"{Name} -> {Verdict}";
}
