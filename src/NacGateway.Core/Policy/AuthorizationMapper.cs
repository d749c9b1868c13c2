using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>
/// Turns an Access-Accept, or the changes of a CoA-Request, into what this gateway enforces. An Accept that grants what the gateway
/// cannot give, or whose limits cannot be read, grants nothing: the alternative is a session without the limit that the server meant.
/// </summary>
public static class AuthorizationMapper
{
    private const int LongestMessage = 1000;

    /// <summary>Maps an Accept; false, with the reason for the log, when it must count as a Reject (RFC 2865 sections 1.1 and 5.6).</summary>
    public static bool TryMap(RadiusPacket accept, LimitContext context, [NotNullWhen(true)] out Authorization? authorization, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(accept);
        ArgumentNullException.ThrowIfNull(context);
        authorization = null;
        var reader = new LimitReader(context.StartedAt, context.Zone);
        problem = FindProblem(accept) ?? reader.Read(accept.Attributes)?.Words;
        if (problem is null && reader.Limits[LimitKind.SessionTimeout] == 0)
        {
            problem = "WISPr-Session-Terminate-Time has passed already";
        }

        if (problem is not null || (problem = VlanTunnel.Read(accept.Attributes, out var tunnel)?.Words) is not null)
        {
            return false;
        }

        var local = new LimitSet(context.Local);
        var limits = LimitSet.Stricter(reader.Limits, local);
        limits[LimitKind.InterimInterval] = LimitSet.Interim(local[LimitKind.InterimInterval], reader.Limits[LimitKind.InterimInterval]);
        authorization = new Authorization
        {
            Limits = limits.ToLimits(role: null),
            Sent = reader.Limits.ToLimits(role: null),
            UserName = ReadUserName(accept),
            Classes = accept.Classes,
            ChargeableUserIdentity = accept.ChargeableUserIdentity is { IsEmpty: false } identity ? identity : null,
            TunnelAttributes = tunnel,
            Reauthenticates = accept.TerminationAction == TerminationAction.RadiusRequest,
            State = accept.State is { IsEmpty: false } state ? state : null,
            Message = ReadMessage(accept),
            Roles = reader.Roles,
            InterimInterval = reader.Limits.ToLimits(role: null).InterimInterval,
            Notes = reader.Notes,
        };
        return true;
    }

    /// <summary>
    /// Maps the limits of a CoA-Request over those in force: what it names replaces the old value, what it does not stays (RFC 5176
    /// section 3.6 note 3). With another role the limits of the old one go. Local limits and those of the role are never exceeded.
    /// </summary>
    /// <param name="attributes">Its attributes; those that limit nothing are passed over.</param>
    /// <param name="current">Limits in force.</param>
    /// <param name="context">When the session began, the local limits and the rules.</param>
    /// <param name="limits">All limits from now on, counted from the session's start; a Session-Timeout of zero ends it.</param>
    /// <param name="problem">What is not supported, or of a wrong value.</param>
    /// <returns>False when nothing may be changed.</returns>
    public static bool TryMapLimits(AttributeList attributes, SessionLimits current, LimitContext context, [NotNullWhen(true)] out SessionLimits? limits, [NotNullWhen(false)] out LimitProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(context);
        limits = null;
        var reader = new LimitReader(context.StartedAt, context.Zone);

        // Of an Accept what cannot be read is noted and passed over; in a CoA-Request everything is mandatory (RFC 5176 section 2.3).
        problem = reader.Read(attributes) ?? reader.Notes.Select(LimitProblem.Invalid).FirstOrDefault();
        if (problem is not null)
        {
            return false;
        }

        if (reader.Roles.Find(name => !context.Policy.TryFindRole(name, out _)) is { } unknown)
        {
            problem = LimitProblem.Invalid($"there is no role {unknown}");
            return false;
        }

        if (!AccessPolicy.CanHoldTogether(reader.Roles))
        {
            problem = LimitProblem.Invalid($"it names more than {AccessPolicy.MostRoles} roles");
            return false;
        }

        limits = reader.Roles.Count == 0
            ? Change(reader, current, current.Role, context)
            : Change(reader, current, context.Policy.NameOf(reader.Roles), context);
        return true;
    }

    /// <summary>
    /// Puts limits under another role, as an administrator wants it: those of the old role go, what the server granted stays, and local
    /// limits and those of the new role are never exceeded. Roles that hold together are named with a + between them.
    /// </summary>
    /// <param name="role">Its name.</param>
    /// <param name="current">Limits in force.</param>
    /// <param name="granted">What the server granted at the sign-in; null where that is not known.</param>
    /// <param name="context">When the session began, the local limits and the rules.</param>
    /// <returns>All limits from now on, counted from the session's start; null where there is no such role, or there are too many.</returns>
    public static SessionLimits? ChangeRole(string role, SessionLimits current, SessionLimits? granted, LimitContext context)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(context);
        var names = role.Split(AccessPolicy.Separator, StringSplitOptions.TrimEntries);
        return names.All(name => context.Policy.TryFindRole(name, out _)) && AccessPolicy.CanHoldTogether(names)
            ? Change(new LimitReader(context.StartedAt, context.Zone), current, context.Policy.NameOf(names), context, granted)
            : null;
    }

    /// <summary>Maps the tunnel of a CoA-Request, in wire form; empty when it names none.</summary>
    /// <returns>False when it is no VLAN.</returns>
    public static bool TryMapTunnel(AttributeList attributes, out ReadOnlyMemory<byte> tunnel, [NotNullWhen(false)] out LimitProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        problem = VlanTunnel.Read(attributes, out var wire);
        tunnel = wire;
        return problem is null;
    }

    /// <summary>Whether a standard attribute changes limits in <see cref="TryMapLimits"/>.</summary>
    public static bool IsLimit(byte type) => LimitReader.Reads(type);

    /// <summary>Whether a vendor's attribute changes limits in <see cref="TryMapLimits"/>.</summary>
    public static bool IsLimit(uint vendorId, byte vendorType) => VendorLimit.Find(vendorId, vendorType) is { Form: not VendorForm.Filter };

    /// <summary>All Reply-Messages as one text, a line each, without other control characters; null when there are none. Still to be escaped.</summary>
    public static string? ReadMessage(RadiusPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var text = string.Join('\n', packet.ReplyMessages.Select(message => string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)).Trim()).Where(line => line.Length > 0));
        if (text.Length > LongestMessage)
        {
            text = text[..(char.IsHighSurrogate(text[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage)];
        }

        return text.Length == 0 ? null : text;
    }

    private static SessionLimits Change(LimitReader reader, SessionLimits current, string? role, LimitContext context, SessionLimits? granted = null)
    {
        var isOther = !string.Equals(role, current.Role, StringComparison.OrdinalIgnoreCase);
        var old = new LimitSet(current);
        var local = new LimitSet(context.Local);
        var before = context.Policy.LimitsOf(current.Role);
        var after = context.Policy.LimitsOf(role);
        var given = granted is null ? new LimitSet() : new LimitSet(granted);
        var renewed = context.RenewedAfter is { } used ? new LimitSet(used) : new LimitSet();
        var changed = new LimitSet();
        foreach (var kind in LimitSet.Kinds)
        {
            var isGiven = reader.IsGiven(kind);

            // What came with the old role goes with it, and what the server granted counts again.
            var value = isGiven ? reader.Limits[kind] : isOther && old[kind] == LimitSet.From(renewed[kind], before[kind]) ? LimitSet.From(renewed[kind], given[kind]) : old[kind];
            var ours = LimitSet.From(renewed[kind], local[kind]);
            var roles = LimitSet.From(renewed[kind], after[kind]);

            // What adds up may be beyond both already: by a renewal before the gateway was started again. It is not taken back here.
            if (LimitSet.IsCounted(kind))
            {
                ours = ours < old[kind] ? old[kind] : ours;
                roles = !isOther && roles < old[kind] ? old[kind] : roles;
            }

            changed[kind] = !isGiven && !isOther ? value
                : kind == LimitKind.InterimInterval ? LimitSet.Interim(after[kind] ?? local[kind], value)
                : LimitSet.Least(value, LimitSet.Least(roles, ours));
        }

        return changed.ToLimits(role);
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
        AttributeValue.TryReadInteger(attribute.Value.Span, out uint number) ? number.ToString(CultureInfo.InvariantCulture) : $"of {attribute.Value.Length} octets";

    /// <summary>A name with control characters is not taken over: it would go to logs and pages, and PostgreSQL keeps no NUL.</summary>
    private static string? ReadUserName(RadiusPacket accept) =>
        accept.Attributes.TryGetFirst(RadiusAttributeType.UserName, out var value)
        && AttributeValue.TryReadText(value, out var text)
        && !string.IsNullOrWhiteSpace(text)
        && !text.Any(char.IsControl) ? text : null;
}
