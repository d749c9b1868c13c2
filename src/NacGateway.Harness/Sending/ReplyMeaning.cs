using System.Buffers.Binary;
using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>What a reply to a change request means for the person who asked: its code and its Error-Cause (RFC 5176 section 3.5).</summary>
internal static class ReplyMeaning
{
    /// <summary>Sentences for the reply; none where the code says it all.</summary>
    public static IEnumerable<string> Of(RadiusPacket reply)
    {
        if (Code(reply.Code) is { } meaning)
        {
            yield return meaning;
        }

        foreach (var cause in Values(reply))
        {
            yield return $"{Name(cause)}: {Explain(cause)}";
        }
    }

    /// <summary>The names of the reply's causes.</summary>
    public static IEnumerable<string> Causes(RadiusPacket reply) => Values(reply).Select(Name);

    private static IEnumerable<uint> Values(RadiusPacket reply)
    {
        foreach (var attribute in reply.Attributes)
        {
            if (attribute.Type == RadiusAttributeType.ErrorCause && attribute.Value.Length == sizeof(uint))
            {
                yield return BinaryPrimitives.ReadUInt32BigEndian(attribute.Value.Span);
            }
        }
    }

    private static string Name(uint cause)
    {
        var isNamed = AttributeDictionary.Default.TryGet([RadiusAttributeType.ErrorCause], out var definition) && definition.ValueNames.ContainsKey(cause);
        return string.Create(CultureInfo.InvariantCulture, $"Error-Cause {cause} ({(isNamed ? definition!.ValueNames[cause] : "unknown")})");
    }

    private static string? Code(RadiusCode code) => code switch
    {
        RadiusCode.DisconnectAck => "The session is ended, and all that belonged to it is gone.",
        RadiusCode.DisconnectNak => "Nothing was ended.",
        RadiusCode.CoaAck => "Every change was made, for each session that matches.",
        RadiusCode.CoaNak => "Nothing was changed: a change is made whole or not at all.",
        RadiusCode.ProtocolError => "The server or a proxy cannot handle this packet; another server may (RFC 7930).",
        _ => null,
    };

    private static string Explain(uint cause) => (ErrorCause)cause switch
    {
        ErrorCause.ResidualSessionContextRemoved => "the session itself was gone already, a rest of it was removed.",
        ErrorCause.InvalidEapPacket => "an EAP packet was invalid; a NAS ignores this.",
        ErrorCause.UnsupportedAttribute => "the NAS does not support an attribute of the request. Leave out what it cannot apply.",
        ErrorCause.MissingAttribute => "an attribute is missing, mostly one that says which session is meant. Add Acct-Session-Id or User-Name.",
        ErrorCause.NasIdentificationMismatch => "the request names another NAS. Correct NAS-Identifier or NAS-IP-Address, or send it to that NAS.",
        ErrorCause.InvalidRequest => "some other part of the request is invalid.",
        ErrorCause.UnsupportedService => "the NAS does not do this Service-Type, such as Authorize-Only.",
        ErrorCause.UnsupportedExtension => "the NAS does not do this kind of request at all.",
        ErrorCause.InvalidAttributeValue => "an attribute has a value that the NAS does not accept.",
        ErrorCause.AdministrativelyProhibited => "a rule of the NAS forbids this.",
        ErrorCause.RequestNotRoutable => "a proxy does not know where to send the request.",
        ErrorCause.SessionContextNotFound => "no session matches all that identifies one. It may have ended, or one of the attributes differs.",
        ErrorCause.SessionContextNotRemovable => "the session was found, and the NAS could not end it.",
        ErrorCause.OtherProxyProcessingError => "a proxy could not handle the request.",
        ErrorCause.ResourcesUnavailable => "the NAS has no resources at the moment. Ask again later.",
        ErrorCause.RequestInitiated => "an Access-Request for the session is on its way (Authorize-Only).",
        ErrorCause.MultipleSessionSelectionUnsupported => "several sessions match, and the NAS changes one at a time. Name one by Acct-Session-Id.",
        ErrorCause.ResponseTooBig => "the answer does not fit a packet (RFC 7930).",
        ErrorCause.MissingMessageAuthenticator => "the request has no Message-Authenticator, and whoever answered wants one in each.",
        _ => "a cause that is not known here.",
    };
}
