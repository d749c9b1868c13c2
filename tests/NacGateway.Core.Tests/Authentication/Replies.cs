using System.Buffers.Binary;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Replies for tests, with the place for Message-Authenticator in front.</summary>
internal static class Replies
{
    public static RadiusPacket Accept(Action<RadiusPacket>? fill = null) => Make(RadiusCode.AccessAccept, fill);

    public static RadiusPacket Reject(params string[] messages) => Make(RadiusCode.AccessReject, packet => AddMessages(packet, messages));

    public static RadiusPacket Challenge(byte[] state, params string[] messages) => Make(RadiusCode.AccessChallenge, packet =>
    {
        packet.State = state;
        AddMessages(packet, messages);
    });

    public static RadiusPacket MsChapReject(string error) => Make(RadiusCode.AccessReject, packet =>
        packet.Attributes.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapError, [1, .. Encoding.ASCII.GetBytes(error)]));

    public static void AddInteger(this RadiusPacket packet, byte type, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(packet.Attributes.Reserve(type, sizeof(uint)), value);

    private static RadiusPacket Make(RadiusCode code, Action<RadiusPacket>? fill)
    {
        var packet = new RadiusPacket(code);
        packet.AddMessageAuthenticator();
        fill?.Invoke(packet);
        return packet;
    }

    private static void AddMessages(RadiusPacket packet, string[] messages)
    {
        foreach (var message in messages)
        {
            packet.Attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes(message));
        }
    }
}
