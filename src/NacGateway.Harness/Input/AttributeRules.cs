using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Input;

/// <summary>What the RFCs forbid in a request, told before it is sent; <c>--as-given</c> sends it all the same.</summary>
internal static class AttributeRules
{
    private const string Remedy = "Leave it out, or add --as-given to see what the server does with it.";

    private static readonly byte[] s_proofs =
        [RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.EapMessage];

    // RFC 2866 sections 4.1 and 5.13; RFC 3579 section 3.3 for the last two.
    private static readonly byte[] s_notInAccounting =
    [
        RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.ReplyMessage, RadiusAttributeType.State,
        RadiusAttributeType.ChapChallenge, RadiusAttributeType.EapMessage, RadiusAttributeType.MessageAuthenticator,
    ];

    // RFC 5997 section 3: no credentials, nothing of accounting.
    private static readonly byte[] s_notInStatus =
    [
        RadiusAttributeType.UserName, RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.ChapChallenge, RadiusAttributeType.EapMessage,
        RadiusAttributeType.AcctStatusType, RadiusAttributeType.AcctSessionId, RadiusAttributeType.AcctInputOctets, RadiusAttributeType.AcctOutputOctets, RadiusAttributeType.AcctSessionTime,
    ];

    private static readonly byte[] s_once = [RadiusAttributeType.AcctStatusType, RadiusAttributeType.AcctSessionId];

    /// <exception cref="UsageException">An attribute may not be there.</exception>
    public static void Check(RadiusCode code, GivenAttributes given)
    {
        if (code == RadiusCode.AccessRequest)
        {
            if (s_proofs.Count(given.Has) > 1)
            {
                throw new UsageException($"An Access-Request has one of User-Password, CHAP-Password and EAP-Message (RFC 2865 section 4.1). {Remedy}");
            }

            return;
        }

        // Their cipher needs a Request Authenticator that is there before the packet is (RFC 2868 section 3.5).
        if (code != RadiusCode.StatusServer && given.Items.FirstOrDefault(item => item.Definition.Encryption != AttributeEncryption.None) is { } hidden)
        {
            throw new UsageException($"{hidden.Definition.Name} is hidden by a random Request Authenticator, which {PacketPrinter.CodeName(code)} does not have. {Remedy}");
        }

        Forbid(code, given, code switch
        {
            RadiusCode.AccountingRequest => s_notInAccounting,
            RadiusCode.StatusServer => s_notInStatus,
            RadiusCode.DisconnectRequest => [RadiusAttributeType.ServiceType],
            _ => [],
        });
        if (code == RadiusCode.AccountingRequest && s_once.FirstOrDefault(type => given.Items.Count(item => GivenAttributes.IsOf(item, type)) > 1) is not 0 and var twice)
        {
            throw new UsageException($"{Name(twice)} stands exactly once in an Accounting-Request (RFC 2866 section 5.13). {Remedy}");
        }
    }

    private static void Forbid(RadiusCode code, GivenAttributes given, byte[] types)
    {
        if (types.FirstOrDefault(given.Has) is not 0 and var type)
        {
            throw new UsageException($"{Name(type)} never stands in {PacketPrinter.CodeName(code)}. {Remedy}");
        }
    }

    private static string Name(byte type) => AttributeDictionary.Default.TryGet([type], out var definition) ? definition.Name : "Attr-" + type;
}
