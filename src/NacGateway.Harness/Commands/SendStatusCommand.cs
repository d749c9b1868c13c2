using System.CommandLine;
using NacGateway.Harness.Input;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Commands;

/// <summary><c>send status</c>: asks a server whether it is alive.</summary>
internal sealed class SendStatusCommand
{
    public const string Example = "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness send status --server 127.0.0.1:1812";

    private const string Description =
        "Sends a Status-Server (RFC 5997) to the port for authentication, or to another one such as 1813. A probe is never retransmitted: each of --retries is a new one.";

    private readonly SendOptions _common;
    private readonly Argument<string[]> _words = SendOptions.Words("attributes");

    private SendStatusCommand(Option<bool> json) => _common = new SendOptions(json, ServerAddress.DefaultPort, PacketOutcome.Accept, PacketOutcome.Response);

    public static Command Create(Option<bool> json)
    {
        var verb = new SendStatusCommand(json);
        var command = new Command("status", Description);
        verb._common.AddTo(command, verb._words);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var packets = await _common.ReadPacketsAsync(parse, RadiusCode.StatusServer, parse.GetValue(_words) ?? [], cancellationToken);
        var isBare = _common.AsGiven(parse);
        IOutgoing[] requests =
        [
            .. packets.Select(packet => new PlainRequest
            {
                Code = RadiusCode.StatusServer,
                Attributes = packet,
                IsSigned = !isBare,
                AsGiven = isBare,
                Complete = GivenAttributes.NameNas,
            }),
        ];
        return await _common.SendAsync(parse, requests, requireMessageAuthenticator: false, cancellationToken);
    }
}
