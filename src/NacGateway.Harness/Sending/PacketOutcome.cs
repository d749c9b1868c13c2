using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>What a reply is called by <c>--expect</c> and in reports.</summary>
internal static class PacketOutcome
{
    public const string None = "none";
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string Challenge = "challenge";
    public const string Response = "response";
    public const string Ack = "ack";
    public const string Nak = "nak";

    public static string Of(RadiusCode? reply) => reply switch
    {
        null => None,
        RadiusCode.AccessAccept => Accept,
        RadiusCode.AccessReject => Reject,
        RadiusCode.AccessChallenge => Challenge,
        RadiusCode.AccountingResponse => Response,
        RadiusCode.DisconnectAck or RadiusCode.CoaAck => Ack,
        RadiusCode.DisconnectNak or RadiusCode.CoaNak => Nak,
        _ => "protocol-error",
    };
}
