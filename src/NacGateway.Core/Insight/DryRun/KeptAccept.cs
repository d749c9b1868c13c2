using System.Diagnostics.CodeAnalysis;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Insight.DryRun;

/// <summary>The Access-Accept that the record of a decision keeps.</summary>
internal static class KeptAccept
{
    /// <summary>Reads it. One that is not whole is not judged: what is missing might be what a rule looks at.</summary>
    /// <param name="exchange">The record's octets; null for nothing kept.</param>
    /// <param name="accept">The Accept, or null.</param>
    /// <param name="problem">Why there is none, as a sentence; empty where there is one.</param>
    public static bool TryRead(byte[]? exchange, [NotNullWhen(true)] out RadiusPacket? accept, out string problem)
    {
        accept = null;
        if (exchange is null)
        {
            problem = "What the server answered was not kept.";
            return false;
        }

        if (!ExchangeRecord.TryRead(exchange, out var record) || record.Reply is not { Code: RadiusCode.AccessAccept } reply)
        {
            problem = "What was kept of the server's answer cannot be read, or is no Access-Accept.";
            return false;
        }

        if (reply.LeftOut > 0 || reply.Kept is null)
        {
            problem = "The server's answer was too long to be kept as a whole.";
            return false;
        }

        if (reply.Withheld is [var withheld, ..])
        {
            problem = $"Of the server's answer {withheld} was not kept, because it looks like a secret, and a rule may look at it.";
            return false;
        }

        accept = new RadiusPacket(RadiusCode.AccessAccept, reply.Identifier);
        foreach (var attribute in reply.Kept)
        {
            accept.Attributes.Add(attribute.Type, attribute.Value.Span);
        }

        problem = "";
        return true;
    }
}
