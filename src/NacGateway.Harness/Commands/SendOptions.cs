using System.CommandLine;
using System.Globalization;
using NacGateway.Harness.Input;
using NacGateway.Harness.Output;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;

namespace NacGateway.Harness.Commands;

/// <summary>The options that all verbs of <c>send</c> have in common.</summary>
internal sealed class SendOptions
{
    private const int MostRepeats = 100_000;
    private const int MostParallel = 64;
    private const int MostRetries = 20;

    private static readonly string[] s_outcomes =
        [PacketOutcome.Accept, PacketOutcome.Reject, PacketOutcome.Challenge, PacketOutcome.Ack, PacketOutcome.Nak, PacketOutcome.Response, PacketOutcome.None];

    private readonly Option<bool> _json;
    private readonly int _port;
    private readonly IReadOnlyList<string> _usual;
    private readonly SecretSource _secret = new();
    private readonly TlsOptions _tls = new();
    private readonly Option<string> _server;
    private readonly Option<string> _expect;
    private readonly Option<string> _color = Paint.Option();
    private readonly Option<string?> _file = new("--file", "-f") { Description = "Packets to send: lines of Name = value, an empty line between packets; - is standard input.", HelpName = "FILE" };
    private readonly Option<string> _timeout = new("--timeout", "-t") { Description = "How long each request may take, retransmissions included: 0.1 to 30.", HelpName = "SECONDS", DefaultValueFactory = _ => "5" };
    private readonly Option<string?> _retries = new("--retries", "-r") { Description = $"Send again up to this often within --timeout, by equal waits: 0 to {MostRetries}. Without it by the schedule of RFC 5080.", HelpName = "N" };
    private readonly Option<string?> _identifier = new("--id", "-i") { Description = "Identifier of the first request: 0 to 255.", HelpName = "N" };
    private readonly Option<string?> _from = new("--from") { Description = "Address, and perhaps port, of this machine to send from.", HelpName = "ADDRESS[:PORT]" };
    private readonly Option<string> _repeat = new("--repeat", "-c") { Description = $"Send each packet this often, and print a summary: 1 to {MostRepeats}.", HelpName = "N", DefaultValueFactory = _ => "1" };
    private readonly Option<string> _parallel = new("--parallel", "-p") { Description = $"Exchanges at a time: 1 to {MostParallel}.", HelpName = "N", DefaultValueFactory = _ => "1" };
    private readonly Option<bool> _asGiven = new("--as-given") { Description = "Send the attributes that are given and none besides, and what the RFCs forbid, too." };

    private readonly Option<string[]> _attributes = new("--attr", "-a", "--attribute")
    {
        Description = "An attribute of the dictionary to send, such as NAS-Port=7 or 'Cisco-AVPair = a=b'. Repeatable; also as a plain word.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _expectAttributes = new("--expect-attr")
    {
        Description = "What the reply is to hold: Name=value, Name!=value, Name (it is there), !Name (it is not). Repeatable.",
        HelpName = "EXPECTATION",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <param name="json">The option of all verbs.</param>
    /// <param name="port">Port unless another is given.</param>
    /// <param name="usual">The outcomes that are right unless --expect says otherwise.</param>
    public SendOptions(Option<bool> json, int port, params IReadOnlyList<string> usual)
    {
        (_json, _port, _usual) = (json, port, usual);
        _server = new Option<string>("--server") { Description = string.Create(CultureInfo.InvariantCulture, $"The server, a name or an address. Default port: {port}."), HelpName = "HOST[:PORT]", Required = true };
        _expect = new Option<string>("--expect") { Description = "The outcome that gives exit code 0.", DefaultValueFactory = _ => usual[0] }.AcceptOnlyFromAmong(s_outcomes);
    }

    public void AddTo(Command command, Argument<string[]> words)
    {
        command.Arguments.Add(words);
        foreach (var option in (Option[])[_server, _attributes, _file, _expect, _expectAttributes, _timeout, _retries, _repeat, _parallel, _identifier, _from, _asGiven, _color])
        {
            command.Options.Add(option);
        }

        _secret.AddTo(command);
        _tls.AddTo(command);
    }

    public static Argument<string[]> Words(string name) => new(name) { Description = "Attributes, each NAME=VALUE.", Arity = ArgumentArity.ZeroOrMore };

    public bool AsGiven(ParseResult parse) => parse.GetValue(_asGiven);

    public bool ReadsStandardInput(ParseResult parse) => parse.GetValue(_file) == "-";

    /// <summary>The attributes of each packet: those of the file, and behind them those of the command line.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="code">What is sent, for what may not be in it.</param>
    /// <param name="words">The plain words that are attributes.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async Task<IReadOnlyList<GivenAttributes>> ReadPacketsAsync(ParseResult parse, RadiusCode code, IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var own = (parse.GetValue(_attributes) ?? []).Select(text => AttributeText.Parse(text, "--attr")).Concat(words.Select(Word)).ToArray();
        IReadOnlyList<GivenAttributes> packets = parse.GetValue(_file) is { } file
            ? [.. (await PacketFile.ReadAsync(file, cancellationToken)).Select(packet => new GivenAttributes([.. packet.Items, .. own]))]
            : [new GivenAttributes(own)];
        if (!AsGiven(parse))
        {
            foreach (var packet in packets)
            {
                AttributeRules.Check(code, packet);
            }
        }

        return packets;
    }

    /// <summary>Sends the requests and prints what becomes of them.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="requests">One for each packet.</param>
    /// <param name="requireMessageAuthenticator">Whether an Access reply without is dropped.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> SendAsync(ParseResult parse, IReadOnlyList<IOutgoing> requests, bool requireMessageAuthenticator, CancellationToken cancellationToken)
    {
        var tls = _tls.Client(parse, parse.GetValue(_server)!);
        var secret = tls is null ? _secret.Require(parse) : RadSecProtocol.Secret.ToArray();
        var expected = Expected(parse);
        var timing = new SendTiming(CommandNumber.Seconds("--timeout", parse.GetValue(_timeout)!), parse.GetValue(_retries) is { } retries ? CommandNumber.Whole("--retries", retries, 0, MostRetries) : null);
        var identifier = parse.GetValue(_identifier) is { } text ? (byte?)CommandNumber.Whole("--id", text, 0, byte.MaxValue) : null;
        var run = new SendRun(requests, CommandNumber.Whole("--repeat", parse.GetValue(_repeat)!, 1, MostRepeats), expected);
        var parallel = Math.Min(CommandNumber.Whole("--parallel", parse.GetValue(_parallel)!, 1, MostParallel), run.Count);
        var source = parse.GetValue(_from) is { } from ? ServerAddress.Source(from) : null;
        if (source is { Port: not 0 } && parallel > 1)
        {
            throw new UsageException("--from with a port and --parallel: each exchange at a time takes a port of its own. Leave the port or --parallel out.");
        }

        if (tls is not null && (source is not null || identifier is not null || timing.Retries is not null))
        {
            throw new UsageException("--from, --id and --retries have no effect with --tls: a connection chooses its port and identifiers, and never sends again. Leave them out.");
        }

        var endPoint = await ServerAddress.ResolveAsync(parse.GetValue(_server)!, cancellationToken, tls is null ? _port : RadSecProtocol.Port);
        var server = new RadiusServerSettings { Name = "server", EndPoint = endPoint, Secret = secret, Tls = tls, RequireMessageAuthenticator = requireMessageAuthenticator };
        CheckFit(requests, secret);

        await using var client = tls is null ? null : new RadiusClient(server, TimeProvider.System);
        var askers = new List<IAsker>();
        try
        {
            for (var opened = 0; opened < parallel; opened++)
            {
                askers.Add(client is null ? new UdpAsker(server, timing, source, identifier) : new TlsAsker(client, timing.Limit));
            }

            var output = new SendOutput(parse.GetValue(_json), Paint.Of(parse.GetValue(_color)!), requests.Count, run.Count);
            output.End(await run.RunAsync(askers, output.Show, cancellationToken));
            return run.ExitCode;
        }
        finally
        {
            foreach (var asker in askers)
            {
                await asker.DisposeAsync();
            }
        }
    }

    private Expectations Expected(ParseResult parse)
    {
        var isGiven = parse.GetResult(_expect) is { Implicit: false };
        var expected = new Expectations(isGiven ? [parse.GetValue(_expect)!] : _usual, [.. (parse.GetValue(_expectAttributes) ?? []).Select(ExpectationText.Parse)]);
        return expected.ExpectsNothing && expected.Attributes.Count != 0
            ? throw new UsageException("--expect none and --expect-attr: no reply has no attributes. Leave one of them out.")
            : expected;
    }

    /// <summary>A word without an equals sign is not repeated: it may be a password that was typed in the wrong place.</summary>
    private static Radius.Dictionary.AttributeAssignment Word(string word) => word.StartsWith('-')
        ? throw new UsageException($"There is no option {word.Split('=', ':')[0]} here.")
        : word.Contains('=', StringComparison.Ordinal)
        ? AttributeText.Parse(word, "An attribute on the command line")
        : throw new UsageException("A word on the command line is no NAME=VALUE (it is not repeated here: it may be a secret). Quote values with spaces.");

    /// <summary>What would fail while sending is a mistake of usage, and told before anything is sent.</summary>
    private static void CheckFit(IReadOnlyList<IOutgoing> requests, byte[] secret)
    {
        // RFC 2866 section 3 gives accounting one octet less than RFC 2865 gives the rest.
        foreach (var request in requests)
        {
            var most = request.Code == RadiusCode.AccountingRequest ? RadiusPacket.MaxLength - 1 : RadiusPacket.MaxLength;
            try
            {
                if (UdpAsker.Compose(request, 0, secret).Length <= most)
                {
                    continue;
                }
            }
            catch (ArgumentOutOfRangeException)
            {
                // Told below.
            }

            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"The request takes more than the {most} octets that a packet may have. Give fewer attributes."));
        }
    }
}
