using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NacGateway.Harness.Decoding;
using NacGateway.Harness.Input;
using NacGateway.Harness.Output;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Commands;

/// <summary><c>decode HEX</c>: explains one packet and says what was verified.</summary>
internal sealed class DecodeCommand
{
    public const string Example =
        "NAC_HARNESS_SECRET=xyzzy5461 nac-harness decode 0200002686fe220e7624ba2a1005f6bf9b55e0b20606000000010f06000000000e06c0a80103 \\\n"
        + "    --request-authenticator 0f403f9473978057bd83d5cb98f4227a";

    private const string Description = "Explains a packet given as hexadecimal digits, and says what was verified. Exit code 1 when it is malformed or not authentic.";

    private readonly SecretSource _secret = new();
    private readonly Option<bool> _json;

    private readonly Argument<string[]> _hex = new("HEX")
    {
        Description = "The packet, from its code on; white space and colons do not matter. - reads it from standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _requestAuthenticator = new("--request-authenticator")
    {
        Description = "The 16 octets of the authenticator of the request that the packet answers; a reply cannot be checked without.",
        HelpName = "HEX",
    };

    private readonly Option<bool> _reveal = new("--reveal") { Description = "Print hidden passwords and keys in the clear; needs the secret." };

    private DecodeCommand(Option<bool> json) => _json = json;

    public static Command Create(Option<bool> json)
    {
        var verb = new DecodeCommand(json);
        var command = new Command("decode", Description) { verb._hex, verb._requestAuthenticator, verb._reveal };
        verb._secret.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var secret = _secret.Find(parse);
        var requestAuthenticator = parse.GetValue(_requestAuthenticator) is { } hex ? HexText.Parse(hex, "--request-authenticator") : null;
        if (requestAuthenticator is { Length: not RadiusPacket.AuthenticatorLength })
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--request-authenticator has {requestAuthenticator.Length} octets. An authenticator has {RadiusPacket.AuthenticatorLength}."));
        }

        var reveal = parse.GetValue(_reveal);
        if (reveal && secret is null)
        {
            throw new UsageException($"--reveal needs the shared secret. Set the environment variable {SecretSource.Variable}, or give --secret-file or --secret.");
        }

        var words = parse.GetValue(_hex)!;
        var text = words is ["-"] ? await Console.In.ReadToEndAsync(cancellationToken) : string.Join(' ', words);
        var octets = HexText.Parse(text, "The packet");
        return parse.GetValue(_json) ? WriteJson(octets, secret, requestAuthenticator, reveal) : WriteText(octets, secret, requestAuthenticator, reveal);
    }

    private static int WriteJson(byte[] octets, byte[]? secret, byte[]? requestAuthenticator, bool reveal)
    {
        var report = Examine(octets, secret, requestAuthenticator, reveal, out _);
        Console.Out.WriteLine(JsonSerializer.Serialize(report, HarnessJson.Default.DecodeReport));
        return report.Good ? ExitCode.Expected : ExitCode.Unexpected;
    }

    private static int WriteText(byte[] octets, byte[]? secret, byte[]? requestAuthenticator, bool reveal)
    {
        var report = Examine(octets, secret, requestAuthenticator, reveal, out var packet);
        if (packet is not null)
        {
            ReportWriter.Packet(Console.Out, packet);
        }

        if (report.Padding != 0)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Padding behind the packet: {report.Padding} octets"));
        }

        ReportWriter.Checks(Console.Out, report.Checks);
        ReportWriter.Section(Console.Out, "Revealed:", (report.Revealed ?? []).Select(line => $"{line.Name} = {line.Value}"));
        if (report.Fault is { } fault)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error: malformed, {fault.Reason} at octet {fault.Offset}: {fault.Explanation}."));
        }

        return report.Good ? ExitCode.Expected : ExitCode.Unexpected;
    }

    private static DecodeReport Examine(byte[] octets, byte[]? secret, byte[]? requestAuthenticator, bool reveal, out RadiusPacket? packet)
    {
        if (!RadiusPacket.TryParse(octets, out packet, out var error))
        {
            var fault = PacketFault.Locate(octets, error);
            packet = fault.ReadableBefore(octets);
            return new DecodeReport { Fault = fault, Packet = packet is null ? null : PacketReport.Of(packet) };
        }

        return new DecodeReport
        {
            Packet = PacketReport.Of(packet),
            Padding = octets.Length - packet.EncodedLength,
            Checks = PacketChecks.Of(octets.AsSpan(0, packet.EncodedLength), packet, secret, requestAuthenticator),
            Revealed = reveal ? HiddenAttributes.Reveal(packet, secret!, requestAuthenticator ?? packet.Authenticator.ToArray()) : null,
        };
    }
}
