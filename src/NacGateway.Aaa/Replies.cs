using System.Buffers;
using System.Text;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>Composes the answers.</summary>
internal static class Replies
{
    private const int MsChapVersion = 3;

    public static RadiusPacket Accept(RadiusRequestContext context, SignInMethod method, bool proven, AaaUser user)
    {
        var reply = context.CreateReply(RadiusCode.AccessAccept);
        if (method == SignInMethod.MsChap2 && proven && user.Password is not null)
        {
            reply.AddMsChap2Success(context.Request, Credentials.NameOf(context.Request), Encoding.UTF8.GetBytes(user.Password));
        }

        foreach (var item in user.Reply)
        {
            item.AddTo(reply, context.Nas.Secret.Span, context.Request.Authenticator);
        }

        return reply;
    }

    /// <summary>A rejection; its text is the user's own only where <paramref name="user"/> is given, for a text tells that there is one.</summary>
    public static RadiusPacket Reject(RadiusRequestContext context, Chance chance, SignInMethod method, MsChapErrorCode code = MsChapErrorCode.AuthenticationFailure, AaaUser? user = null)
    {
        var reply = context.CreateReply(RadiusCode.AccessReject);
        if (method == SignInMethod.MsChap2 && context.Request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out var response) && response.Length > 0)
        {
            var error = new MsChapError
            {
                Ident = response[0],
                Code = code,
                RetryAllowed = code == MsChapErrorCode.AuthenticationFailure,
                Challenge = chance.Octets(MsChapV2.ChallengeLength, "mschap challenge", context),
                Version = MsChapVersion,
            };
            reply.Attributes.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapError, error.Format());
        }

        AddReplyMessage(reply, user?.RejectMessage ?? string.Empty);
        if (user is { Rejected: true })
        {
            foreach (var item in user.Reply.Where(ReplyItems.IsReplyMessage))
            {
                item.AddTo(reply, context.Nas.Secret.Span, context.Request.Authenticator);
            }
        }

        return reply;
    }

    public static RadiusPacket Challenge(RadiusRequestContext context, AaaUser user, byte[] state)
    {
        var reply = context.CreateReply(RadiusCode.AccessChallenge);
        reply.Attributes.Add(RadiusAttributeType.State, state);
        AddReplyMessage(reply, user.Question);
        reply.Prompt = user.Echo ? Prompt.Echo : Prompt.NoEcho;
        return reply;
    }

    /// <summary>Whether a reply has room for the Proxy-States of its request, which go back with it (RFC 2865 section 5.33).</summary>
    public static bool Fits(RadiusPacket reply, RadiusPacket request)
    {
        var length = reply.EncodedLength;
        foreach (var attribute in request.Attributes)
        {
            length += attribute.Type == RadiusAttributeType.ProxyState ? attribute.Value.Length + 2 : 0;
        }

        return length <= RadiusPacket.MaxLength;
    }

    /// <summary>A long text takes several attributes, which the reader joins (RFC 2865 section 5.18); no character is cut in two.</summary>
    private static void AddReplyMessage(RadiusPacket reply, string text)
    {
        for (ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text); !rest.IsEmpty;)
        {
            var length = Math.Min(rest.Length, AttributeList.MaxValueLength);
            while (length < rest.Length && Rune.DecodeFromUtf8(rest[length..], out _, out _) == OperationStatus.InvalidData)
            {
                length--;
            }

            reply.Attributes.Add(RadiusAttributeType.ReplyMessage, rest[..length]);
            rest = rest[length..];
        }
    }
}
