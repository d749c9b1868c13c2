using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Harness.Input;
using NacGateway.Harness.Playing;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;

namespace NacGateway.Harness.Commands;

/// <summary><c>nas</c>: plays a whole network access server with its users towards one RADIUS server.</summary>
internal sealed class NasCommand
{
    public const string Example =
        "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness nas --server 127.0.0.1:1812 --user 'user{1..20}' --password 'secret{n}' \\\n"
        + "    --sessions 100 --seconds 60 --interim 10 --seed 7";

    private const string Description =
        "Plays a whole NAS: users sign in, their sessions send Accounting Start, Interim-Updates and Stop with counters that grow, the NAS itself Accounting-On and -Off, and it "
        + "answers Disconnect- and CoA-Requests. The same seed gives the same sessions. Ctrl+C stops what is open in order. "
        + "Exit code 1 when a sign-in is not accepted or a request stays without an answer, 3 when nothing is answered at all.";

    private const int MostSessions = 100_000;
    private readonly SecretSource _secret = new();
    private readonly TlsOptions _tls = new();
    private readonly UserSource _users = new();
    private readonly Option<bool> _json;
    private readonly Option<string> _server = new("--server") { Description = "The server, a name or an address. Default port: 1812.", HelpName = "HOST[:PORT]", Required = true };
    private readonly Option<int?> _acctPort = new("--acct-port") { Description = "Its port for accounting. Default: one above the other; with --tls the same.", HelpName = "PORT" };
    private readonly Option<string> _method = new Option<string>("--method") { Description = "How the password is proved.", DefaultValueFactory = _ => "pap" }.AcceptOnlyFromAmong("pap", "chap", "mschapv2");
    private readonly Option<int?> _sessions = new("--sessions") { Description = $"Sessions in all, 1 to {MostSessions}; the users take turns. Default: one for each user.", HelpName = "N" };
    private readonly Option<double> _seconds = new("--seconds") { Description = "Length of the play, 0.1 to 86400; sessions that are open then are stopped (cause 7).", HelpName = "SECONDS", DefaultValueFactory = _ => 30 };
    private readonly Option<double?> _spread = new("--spread") { Description = "Time over which the sign-ins are spread, 0 to 86400. Default: a fifth of --seconds.", HelpName = "SECONDS" };
    private readonly Option<double?> _length = new("--session-seconds") { Description = "Length of each session, 0.1 to 86400. Default: by chance.", HelpName = "SECONDS" };
    private readonly Option<double?> _interim = new("--interim") { Description = "Time between Interim-Updates of a session, 0.1 to 86400. Default: Acct-Interim-Interval of the Access-Accept, or none.", HelpName = "SECONDS" };
    private readonly Option<long?> _rate = new("--rate") { Description = "Octets a second that each session sends and receives, up to 10^12. Default: by chance.", HelpName = "OCTETS" };
    private readonly Option<int?> _seed = new("--seed") { Description = "Same seed, same identifiers, arrivals, lengths and counters. Default: a new one, which the summary names.", HelpName = "N" };
    private readonly Option<string> _identifier = new("--nas-identifier") { Description = "NAS-Identifier.", HelpName = "TEXT", DefaultValueFactory = _ => "nac-harness" };
    private readonly Option<string> _coa = new("--coa-listen") { Description = "Where Disconnect- and CoA-Requests are listened for; port 0 takes a free one, none switches it off, as --tls does where no secret is given. Without an address: the one that faces the server.", HelpName = "[ADDRESS:]PORT", DefaultValueFactory = _ => "3799" };
    private readonly Option<double> _timeout = new("--timeout") { Description = "How long each request may take, retransmissions included: 0.1 to 30.", HelpName = "SECONDS", DefaultValueFactory = _ => 5 };
    private readonly Option<bool> _unsigned = new("--allow-missing-message-authenticator") { Description = "Believe replies without Message-Authenticator. They can be forged (CVE-2024-3596)." };
    private readonly Option<string[]> _attributes = new("--attribute", "-a") { Description = "An attribute of the dictionary that each request carries. Repeatable.", HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore };

    private NasCommand(Option<bool> json) => _json = json;

    public static Command Create(Option<bool> json)
    {
        var verb = new NasCommand(json);
        var command = new Command("nas", Description)
        {
            verb._server, verb._acctPort, verb._method, verb._sessions, verb._seconds, verb._spread, verb._length, verb._interim, verb._rate, verb._seed, verb._identifier,
            verb._coa, verb._timeout, verb._attributes, verb._unsigned,
        };
        verb._users.AddTo(command);
        verb._secret.AddTo(command);
        verb._tls.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(parse, cancellationToken);
        var log = new NasLog(Console.Out, parse.GetValue(_json), TimeProvider.System);
        var open = new OpenSessions();
        var listener = Listen(settings, open, log);
        try
        {
            if (listener is not null)
            {
                log.Listening(listener.EndPoint.ToString());
            }

            await using var player = new NasPlayer(settings, open, log, TimeProvider.System);
            await player.RunAsync(cancellationToken);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new UsageException("A request takes more than the 4096 octets that a packet may have. Give fewer attributes.", exception);
        }
        finally
        {
            await (listener?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        var summary = log.Summarise(settings.Seed, cancellationToken.IsCancellationRequested);
        log.Done(summary);
        if (summary.Reason is { } reason)
        {
            await Console.Error.WriteLineAsync($"error: {reason}");
        }

        return summary.Reason is null ? ExitCode.Expected : summary.Heard ? ExitCode.Unexpected : ExitCode.NoAnswer;
    }

    private async Task<NasSettings> SettingsAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var tls = _tls.Client(parse, parse.GetValue(_server)!);
        var endPoint = await ServerAddress.ResolveAsync(parse.GetValue(_server)!, cancellationToken, tls is null ? ServerAddress.DefaultPort : RadSecProtocol.Port);

        // Of TLS the secret is known to everybody: what comes by UDP needs one of its own, and is not listened for without one.
        var own = tls is null ? _secret.Require(parse) : _secret.Find(parse);
        var isAsked = parse.GetResult(_coa) is { Implicit: false };
        var dynamic = own is null && !isAsked ? null : ListenAddress(parse.GetValue(_coa)!, endPoint);
        if (own is null && dynamic is not null)
        {
            throw new UsageException($"--coa-listen: what comes by UDP needs a shared secret, also with --tls. Set the environment variable {SecretSource.Variable}, give --secret-file, or --coa-listen none.");
        }

        var secret = own ?? RadSecProtocol.Secret.ToArray();
        var acctPort = parse.GetValue(_acctPort) ?? (tls is null ? Math.Min(endPoint.Port + 1, IPEndPoint.MaxPort) : endPoint.Port);
        var seconds = InRange(parse.GetValue(_seconds), _seconds, 0.1, 86400);
        var users = await _users.ReadAsync(parse, cancellationToken);
        var identifier = parse.GetValue(_identifier)!;
        var server = new RadiusServerSettings { Name = "authentication", EndPoint = endPoint, Secret = secret, Tls = tls, RequireMessageAuthenticator = !parse.GetValue(_unsigned) };
        return new NasSettings
        {
            Authentication = server,
            Accounting = server with { Name = "accounting", EndPoint = new IPEndPoint(endPoint.Address, (int)InRange(acctPort, _acctPort, 1, IPEndPoint.MaxPort)) },
            Users = users,
            Method = parse.GetValue(_method) switch
            {
                "chap" => AuthMethod.Chap,
                "mschapv2" => AuthMethod.MsChapV2,
                _ => AuthMethod.Pap,
            },
            Sessions = (int)InRange(parse.GetValue(_sessions) ?? Math.Min(users.Count, MostSessions), _sessions, 1, MostSessions),
            Length = TimeSpan.FromSeconds(seconds),
            Spread = TimeSpan.FromSeconds(InRange(parse.GetValue(_spread) ?? (seconds / 5), _spread, 0, 86400)),
            SessionLength = parse.GetValue(_length) is { } length ? TimeSpan.FromSeconds(InRange(length, _length, 0.1, 86400)) : null,
            Interim = parse.GetValue(_interim) is { } interim ? TimeSpan.FromSeconds(InRange(interim, _interim, 0.1, 86400)) : null,
            Rate = parse.GetValue(_rate) is { } rate ? (long)InRange(rate, _rate, 0, 1e12) : null,
            Seed = parse.GetValue(_seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            NasIdentifier = Encoding.UTF8.GetByteCount(identifier) is > 0 and <= AttributeList.MaxValueLength ? identifier : throw new UsageException("--nas-identifier takes 1 to 253 octets."),
            Timeout = TimeSpan.FromSeconds(InRange(parse.GetValue(_timeout), _timeout, 0.1, 30)),
            DynamicAuthorization = dynamic,
            DynamicSecret = secret,
            Attributes = [.. (parse.GetValue(_attributes) ?? []).Select(AttributeText.Parse)],
        };
    }

    private static IPEndPoint? ListenAddress(string text, IPEndPoint server)
    {
        if (text == "none")
        {
            return null;
        }

        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var both)
                ? both
                : throw new UsageException($"--coa-listen: {text} is no [ADDRESS:]PORT. Give one such as 3799, 127.0.0.1:3799 or 0 for a free port, or none.");
        }

        try
        {
            // Asks the routing table only: connecting a datagram socket sends nothing.
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(server);
            return new IPEndPoint(((IPEndPoint)socket.LocalEndPoint!).Address, port);
        }
        catch (SocketException exception)
        {
            throw new UsageException($"{server} cannot be asked from here: {exception.Message}. Correct --server.", exception);
        }
    }

    private static DynamicAuthorizationServer? Listen(NasSettings settings, OpenSessions open, NasLog log)
    {
        try
        {
            return settings.DynamicAuthorization is null ? null : DynamicAuthorizationServer.Start(settings, open, log, TimeProvider.System);
        }
        catch (SocketException exception)
        {
            throw new UsageException($"--coa-listen: {settings.DynamicAuthorization} cannot be listened on: {exception.Message}. Give another port, 0 for a free one, or none.", exception);
        }
    }

    private static double InRange(double value, Option option, double least, double most) =>
        value >= least && value <= most ? value : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes {least} to {most}."));
}
