using System.CommandLine;
using System.Security.Cryptography;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Commands;

/// <summary><c>send acct</c>: reports a session, and shows both packets.</summary>
internal sealed class SendAcctCommand
{
    public const string Example =
        "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness send acct start --server 127.0.0.1:1813 \\\n"
        + "    User-Name=alice Acct-Session-Id=0001 Framed-IP-Address=192.0.2.7";

    private const int DefaultPort = 1813;

    private const string Description =
        "Sends an Accounting-Request, and prints it, its reply and what was verified. What is not given is added: Acct-Session-Id (random), Event-Timestamp (now) and NAS-Identifier.";

    private static readonly Dictionary<string, string> s_status = new(StringComparer.OrdinalIgnoreCase)
    {
        ["start"] = "Start",
        ["interim"] = "Interim-Update",
        ["stop"] = "Stop",
        ["on"] = "Accounting-On",
        ["off"] = "Accounting-Off",
    };

    private readonly SendOptions _common;
    private readonly Argument<string[]> _words = new("words") { Description = "Acct-Status-Type as one of start, interim, stop, on and off; and attributes, each NAME=VALUE.", Arity = ArgumentArity.ZeroOrMore };

    private SendAcctCommand(Option<bool> json) => _common = new SendOptions(json, DefaultPort, PacketOutcome.Response);

    public static Command Create(Option<bool> json)
    {
        var verb = new SendAcctCommand(json);
        var command = new Command("acct", Description);
        verb._common.AddTo(command, verb._words);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var words = parse.GetValue(_words) ?? [];
        string[] status = [.. words.Where(s_status.ContainsKey).Select(word => "Acct-Status-Type=" + s_status[word])];
        var packets = await _common.ReadPacketsAsync(parse, RadiusCode.AccountingRequest, status.Concat(words.Where(word => !s_status.ContainsKey(word))), cancellationToken);
        if (!_common.AsGiven(parse) && packets.Any(packet => !packet.Has(RadiusAttributeType.AcctStatusType)))
        {
            throw new UsageException("Acct-Status-Type is missing. Say start, interim, stop, on or off, or give the attribute.");
        }

        // One session for all packets that name none: a file of start, interim and stop is that of one session.
        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return await _common.SendAsync(parse, [.. packets.Select(packet => Request(packet, session, _common.AsGiven(parse)))], requireMessageAuthenticator: false, cancellationToken);
    }

    private static PlainRequest Request(GivenAttributes packet, string session, bool asGiven) => new()
    {
        Code = RadiusCode.AccountingRequest,
        Attributes = packet,
        IsSigned = false,
        AsGiven = asGiven,
        Complete = request =>
        {
            GivenAttributes.NameNas(request);
            request.AcctSessionId ??= session;
            request.EventTimestamp ??= packet.Has(RadiusAttributeType.AcctDelayTime) ? null : TimeProvider.System.GetUtcNow();
        },
    };
}
