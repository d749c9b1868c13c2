using System.CommandLine;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Commands;

/// <summary><c>send coa</c> and <c>send disconnect</c>: asks a NAS to change or to end a session (RFC 5176).</summary>
internal sealed class SendChangeCommand
{
    public const string CoaExample =
        "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness send coa --server 127.0.0.1:3799 \\\n"
        + "    Acct-Session-Id=0001 User-Name=alice Session-Timeout=600";

    public const string DisconnectExample =
        "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness send disconnect --server 127.0.0.1:3799 Acct-Session-Id=0001 User-Name=alice";

    private const int DefaultPort = 3799;

    private readonly RadiusCode _code;
    private readonly SendOptions _common;
    private readonly Argument<string[]> _words = SendOptions.Words("attributes");
    private readonly Option<bool> _unsigned = new("--no-message-authenticator") { Description = "Send no Message-Authenticator." };

    private SendChangeCommand(Option<bool> json, RadiusCode code) => (_code, _common) = (code, new SendOptions(json, DefaultPort, PacketOutcome.Ack));

    public static Command CreateCoa(Option<bool> json) => new SendChangeCommand(json, RadiusCode.CoaRequest).Create(
        "coa", "Sends a CoA-Request: asks a NAS to change a session, and explains its answer. Event-Timestamp (now) is added where none is given, and stays the same in retransmissions.");

    public static Command CreateDisconnect(Option<bool> json) => new SendChangeCommand(json, RadiusCode.DisconnectRequest).Create(
        "disconnect", "Sends a Disconnect-Request: asks a NAS to end a session, and explains its answer. Event-Timestamp (now) is added where none is given, and stays the same in retransmissions.");

    private Command Create(string name, string description)
    {
        var command = new Command(name, description) { _unsigned };
        _common.AddTo(command, _words);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var packets = await _common.ReadPacketsAsync(parse, _code, parse.GetValue(_words) ?? [], cancellationToken);
        var isBare = _common.AsGiven(parse);
        if (!isBare && packets.Any(packet => packet.Items.Count == 0))
        {
            throw new UsageException("Nothing says which session is meant. Give Acct-Session-Id=..., and User-Name=..., or --file.");
        }

        IOutgoing[] requests =
        [
            .. packets.Select(packet => new PlainRequest
            {
                Code = _code,
                Attributes = packet,
                IsSigned = !isBare && !parse.GetValue(_unsigned),
                AsGiven = isBare,
                Complete = request => request.EventTimestamp ??= TimeProvider.System.GetUtcNow(),
            }),
        ];
        return await _common.SendAsync(parse, requests, requireMessageAuthenticator: false, cancellationToken);
    }
}
