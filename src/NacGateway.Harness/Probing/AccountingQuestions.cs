using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>Accounting: one session of nobody, from Start to Stop.</summary>
internal static class AccountingQuestions
{
    private const string Rule = "RFC 2866 section 4.1";
    private const uint Start = 1;
    private const uint Stop = 2;

    public static IReadOnlyList<ProbeQuestion> All { get; } =
    [
        new("acct", "Answers Accounting-Request", Rule, false, RecordAsync),
        new("acct-authenticator", "Drops a record with a wrong Request Authenticator", Rule, true, ForgedAsync),
    ];

    private static async Task<ProbeVerdict> RecordAsync(Prober prober, CancellationToken cancellationToken)
    {
        if (prober.Target.Accounting is not { } server)
        {
            return ProbeVerdict.Unknown("not asked");
        }

        var session = Prober.Stranger + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var start = await prober.AskAsync(prober.Encode(Record(Start, session)), cancellationToken, server);
        if (start.Packet is null)
        {
            return start switch
            {
                { IsRefused: true } => ProbeVerdict.Weak("the port refuses", "Nobody listens there. Give --acct-port, or --acct-port 0 when the server does no accounting."),
                { IsSilence: false } => ProbeVerdict.Bad("an answer that is not authentic", "The port for accounting has another shared secret."),
                _ => ProbeVerdict.Weak("no answer", "The server does no accounting there, or could not store the record, or does not know this client. Give --acct-port, or --acct-port 0 not to ask."),
            };
        }

        var stop = await prober.AskAsync(prober.Encode(Record(Stop, session)), cancellationToken, server);
        return stop.Packet is null
            ? ProbeVerdict.Bad("the Start was answered, and the Stop was not", "The session stays open in the server's books.")
            : ProbeVerdict.Good(string.Create(CultureInfo.InvariantCulture, $"Start after {start.Elapsed.TotalMilliseconds:0.0} ms, Stop after {stop.Elapsed.TotalMilliseconds:0.0} ms"));
    }

    private static async Task<ProbeVerdict> ForgedAsync(Prober prober, CancellationToken cancellationToken)
    {
        if (prober.Target.Accounting is not { } server)
        {
            return ProbeVerdict.Unknown("not asked");
        }

        var octets = prober.Encode(Record(Start, Prober.Stranger + "-forged"));
        octets[4] ^= 1;
        var answer = await prober.ProvokeAsync(octets, cancellationToken, server);
        return answer switch
        {
            { IsRefused: true } => ProbeVerdict.Unknown("the port refuses"),
            { IsSilence: true } => ProbeVerdict.Good("silence"),
            _ => ProbeVerdict.Bad("an answer", "Anybody who can write this client's address into a packet writes the server's books."),
        };
    }

    private static PlainRequest Record(uint status, string session) => new()
    {
        Code = RadiusCode.AccountingRequest,
        Attributes = new GivenAttributes([]),
        IsSigned = false,
        Complete = request =>
        {
            request.UserName = Prober.Stranger;
            request.AcctSessionId = session;
            BinaryPrimitives.WriteUInt32BigEndian(request.Attributes.Reserve(RadiusAttributeType.AcctStatusType, sizeof(uint)), status);
            request.EventTimestamp = TimeProvider.System.GetUtcNow();
            if (status == Stop)
            {
                request.Attributes.Reserve(RadiusAttributeType.AcctSessionTime, sizeof(uint)).Clear();
            }

            GivenAttributes.NameNas(request);
        },
    };
}
