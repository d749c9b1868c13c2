using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa;

/// <summary>What may stand among the reply attributes of a user, whichever kind of file he comes from.</summary>
internal static class ReplyItems
{
    /// <summary>Octets of one user's reply; what is left of the packet is for Message-Authenticator, Proxy-State and the proof of MS-CHAPv2.</summary>
    public const int MaxOctets = 3000;

    private const string ReplyMessage = "Reply-Message";

    /// <summary>Each is a part of the protocol's own work; one from a file would contradict the server's.</summary>
    private static readonly byte[] s_ownTypes =
    [
        RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.State, RadiusAttributeType.ProxyState,
        RadiusAttributeType.ChapChallenge, RadiusAttributeType.EapMessage, RadiusAttributeType.MessageAuthenticator,
    ];

    private static readonly byte[] s_ownMicrosoftTypes =
    [
        MicrosoftAttributeType.ChapError, MicrosoftAttributeType.ChapChallenge, MicrosoftAttributeType.Chap2Response, MicrosoftAttributeType.Chap2Success,
    ];

    public static bool IsReplyMessage(AttributeAssignment item) => string.Equals(item.Definition.Name, ReplyMessage, StringComparison.Ordinal);

    /// <summary>Why an item cannot be sent, with the remedy; null when it can.</summary>
    public static string? Problem(AttributeAssignment item)
    {
        var definition = item.Definition;
        if (definition.IsInternal)
        {
            return $"{definition.Name} is a word for the server and cannot be sent. Put it into the user's first line, or delete it.";
        }

        if (item.Operator is AttributeOperator.Equal or AttributeOperator.NotEqual)
        {
            return $"{definition.Name} is compared, but among reply items nothing is. Use =, := or +=.";
        }

        var path = definition.Path;
        var isOwn = path.Count == 1 ? s_ownTypes.Contains((byte)path[0])
            : path is [RadiusAttributeType.VendorSpecific, VendorId.Microsoft, var type] && s_ownMicrosoftTypes.Contains((byte)type);
        return isOwn ? $"{definition.Name} is made by the server where it belongs. Delete it." : null;
    }

    /// <summary>Octets that a list takes in a packet; more than any limit when it does not fit one.</summary>
    public static int Octets(IReadOnlyList<AttributeAssignment> items)
    {
        var list = new AttributeList();
        Span<byte> noAuthenticator = stackalloc byte[RadiusPacket.AuthenticatorLength];
        noAuthenticator.Clear();
        foreach (var item in items)
        {
            // Before each, so that the list never overflows: one item takes less than the packet's remainder above the limit, or is too long anyway.
            if (list.Encoded.Length > MaxOctets || item.Value.Length > MaxOctets - list.Encoded.Length)
            {
                return int.MaxValue;
            }

            item.AddTo(list, [0], noAuthenticator);
        }

        return list.Encoded.Length;
    }
}
