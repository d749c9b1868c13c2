using System.Diagnostics.CodeAnalysis;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>
/// Turns an Access-Accept into what this gateway enforces. An Accept that grants what the gateway cannot give, or whose limits
/// cannot be read, grants nothing: the alternative is a session without the limit that the server meant. Filter-Id has no effect in this release.
/// </summary>
public static class AuthorizationMapper
{
    /// <summary>Maps an Accept; false, with the reason for the log, when it must count as a Reject (RFC 2865 sections 1.1 and 5.6).</summary>
    public static bool TryMap(RadiusPacket accept, SessionLimits local, [NotNullWhen(true)] out Authorization? authorization, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(accept);
        ArgumentNullException.ThrowIfNull(local);
        authorization = null;
        problem = FindProblem(accept);
        if (problem is not null)
        {
            return false;
        }

        if (!TryReadSeconds(accept, RadiusAttributeType.SessionTimeout, out var sessionTimeout))
        {
            problem = "Session-Timeout does not have 4 octets";
            return false;
        }

        if (!TryReadSeconds(accept, RadiusAttributeType.IdleTimeout, out var idleTimeout))
        {
            problem = "Idle-Timeout does not have 4 octets";
            return false;
        }

        authorization = new Authorization
        {
            Limits = new SessionLimits
            {
                SessionTimeout = Shorter(sessionTimeout, local.SessionTimeout),
                IdleTimeout = Shorter(idleTimeout, local.IdleTimeout),
            },
            UserName = ReadUserName(accept),
            Classes = accept.Classes,
        };
        return true;
    }

    private static string? FindProblem(RadiusPacket accept)
    {
        foreach (var attribute in accept.Attributes)
        {
            if (attribute.Type == RadiusAttributeType.ServiceType
                && !(AttributeValue.TryReadInteger(attribute.Value.Span, out uint service) && (ServiceType)service == ServiceType.Framed))
            {
                return $"Service-Type {Describe(attribute)} is not served here, only Framed (2)";
            }

            // PPP is what servers send when they mean access to IP; the other framings are links that this gateway does not have.
            if (attribute.Type == RadiusAttributeType.FramedProtocol
                && !(AttributeValue.TryReadInteger(attribute.Value.Span, out uint protocol) && (FramedProtocol)protocol == FramedProtocol.Ppp))
            {
                return $"Framed-Protocol {Describe(attribute)} is not served here";
            }
        }

        return null;
    }

    private static string Describe(RadiusAttribute attribute) =>
        AttributeValue.TryReadInteger(attribute.Value.Span, out uint number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"of {attribute.Value.Length} octets";

    /// <summary>The shortest of all instances; zero, which would end the session as it begins, counts as no limit from the server.</summary>
    private static bool TryReadSeconds(RadiusPacket accept, byte type, out TimeSpan? shortest)
    {
        shortest = null;
        foreach (var attribute in accept.Attributes)
        {
            if (attribute.Type != type)
            {
                continue;
            }

            if (!AttributeValue.TryReadInteger(attribute.Value.Span, out uint seconds))
            {
                return false;
            }

            if (seconds != 0)
            {
                shortest = Shorter(shortest, TimeSpan.FromSeconds((long)seconds));
            }
        }

        return true;
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;

    /// <summary>A name with control characters is not taken over: it would go to logs and pages, and PostgreSQL keeps no NUL.</summary>
    private static string? ReadUserName(RadiusPacket accept) =>
        accept.Attributes.TryGetFirst(RadiusAttributeType.UserName, out var value)
        && AttributeValue.TryReadText(value, out var text)
        && !string.IsNullOrWhiteSpace(text)
        && !text.Any(char.IsControl) ? text : null;
}
