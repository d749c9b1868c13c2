using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NacGateway.Aaa;
using NacGateway.Aaa.Accounting;
using NacGateway.Harness.Input;
using NacGateway.Harness.Serving;
using NacGateway.Radius.Server;

namespace NacGateway.Harness.Commands;

/// <summary><c>aaa</c>: runs the RADIUS server until it is told to stop.</summary>
internal sealed class AaaCommand
{
    public const string Example =
        "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness aaa --users seeds/demo-users.json --listen 127.0.0.1:1812\n"
        + "nac-harness aaa --users seeds/demo-users.json --scenario seeds/scenarios/loss.json --seed 42 --record run.trace\n"
        + "nac-harness aaa --replay run.trace";

    private const string Description =
        "Runs a RADIUS server for trying out: PAP, CHAP, MS-CHAPv2, challenges, rejections, reply attributes, accounting, and by a scenario what may go wrong. A line for each answer; Ctrl+C or SIGTERM ends it with a summary. "
        + "It is reached from this machine only unless told otherwise.";

    private readonly SecretSource _secret = new();
    private readonly ListenOptions _listen = new();
    private readonly TlsOptions _tls = new();
    private readonly Option<bool> _json;
    private readonly Option<string> _users = new("--users") { Description = "Users: JSON as in seeds/demo-users.json, or a users file in the format of FreeRADIUS.", HelpName = "FILE" };
    private readonly ScenarioOptions _scenario = new();
    private readonly Option<string> _rejectDelay = new("--reject-delay") { Description = "How long a rejection waits, and up to half as long again, against guessing; 0 for not at all.", HelpName = "SECONDS", DefaultValueFactory = _ => "1" };
    private readonly Option<bool> _tells = new("--tell-missing-message-authenticator") { Description = "Reject an Access-Request without Message-Authenticator with Error-Cause 510, once a second at most, in place of silence. For finding faults." };
    private readonly Option<string?> _accountingFile = new("--accounting-file") { Description = "Append each accounting record to FILE, as Name = value lines; none is answered that could not be written.", HelpName = "FILE" };
    private readonly Option<bool> _unsigned = new("--allow-missing-message-authenticator") { Description = "Answer Access-Requests without Message-Authenticator. They can be forged." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No line for each answer, only the first and the last." };

    private readonly Option<string[]> _clients = new("--client")
    {
        Description = "Address or prefix that is answered. Repeatable. Default: this machine (127.0.0.0/8 and ::1).",
        HelpName = "PREFIX",
        Arity = ArgumentArity.OneOrMore,
    };

    private AaaCommand(Option<bool> json) => _json = json;

    public static Command Create(Option<bool> json)
    {
        var verb = new AaaCommand(json);
        var command = new Command("aaa", Description) { verb._users, verb._clients, verb._accountingFile, verb._rejectDelay, verb._unsigned, verb._tells, verb._quiet };
        verb._scenario.AddTo(command);
        verb._listen.AddTo(command);
        verb._secret.AddTo(command);
        verb._tls.AddListenerTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var (authentication, accounting) = _listen.Read(parse);
        var secret = _secret.Require(parse);
        string[] given = parse.GetValue(_clients) ?? [];
        var clients = given.Length == 0 ? ClientPrefix.Loopback : [.. given.Select(ClientPrefix.Parse)];
        var replay = _scenario.Replay(parse, secret);
        var users = Users(parse);
        var seed = _scenario.Seed(parse);
        var log = new AnswerLog(Console.Out, parse.GetValue(_json), parse.GetValue(_quiet));
        NasEntry[] nas = [.. clients.Select(client => new NasEntry(client, secret, client.ToString(), !parse.GetValue(_unsigned)))];
        var rejectDelay = RejectDelay(parse);
        var tls = _tls.Listener(parse, nas);
        _ = tls is null ? null : _listen.Check(parse, tls.Listen, "--tls-listen");
        using var file = AccountingFile(parse, accounting is not null);
        var scenario = _scenario.Scenario(parse);
        using var trace = _scenario.Record(parse);
        var server = Start(new AaaServerSettings
        {
            RejectDelay = rejectDelay,
            TellsMissingMessageAuthenticator = parse.GetValue(_tells),
            Scenario = scenario,
            Seed = seed,
            Trace = trace,
            Replay = replay,
            ReplayVerbatim = _scenario.IsVerbatim(parse),
            OnFault = log.Faulted,
            Users = users,
            Authentication = authentication,
            Accounting = accounting,
            Nas = nas,
            Tls = tls,
            OnAnswered = log.Answered,
            OnAccounting = log.Accounted,
            AccountingFile = file,
        });
        await using (server)
        {
            log.Listening(new ListeningLine(
                "listening",
                server.AuthenticationEndPoint.ToString(),
                users.Count,
                [.. clients.Select(client => client.ToString())],
                server.AccountingEndPoint?.ToString(),
                server.TlsEndPoint?.ToString(),
                scenario?.Name,
                seed));
            await UntilToldToStopAsync(cancellationToken);
        }

        log.Stopped(server.AllCounters);
        return trace is { HasFailed: true } ? ExitCode.Unexpected : ExitCode.Expected;
    }

    private AccountingFile? AccountingFile(ParseResult parse, bool hasAccounting)
    {
        if (parse.GetValue(_accountingFile) is not { } path)
        {
            return null;
        }

        if (!hasAccounting)
        {
            throw new UsageException("--accounting-file has no effect with --acct-listen none. Give one of the two.");
        }

        try
        {
            return new AccountingFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--accounting-file: {exception.Message} Give a file that can be written to.", exception);
        }
    }

    /// <exception cref="UsageException">It is no number of seconds from 0 to 60.</exception>
    private TimeSpan RejectDelay(ParseResult parse) =>
        double.TryParse(parse.GetValue(_rejectDelay), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 60
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--reject-delay takes 0 to 60 seconds, such as 1.5.");

    private UserDirectory Users(ParseResult parse)
    {
        if (parse.GetValue(_users) is not { } path)
        {
            return _scenario.IsReplay(parse) ? new UserDirectory([]) : throw new UsageException("--users is missing: the file of the users that are answered. seeds/demo-users.json is one.");
        }

        try
        {
            return UserDirectory.Load(path);
        }
        catch (UserFileException exception)
        {
            throw new UsageException($"--users: {exception.Message} (seeds/demo-users.json shows the format.)", exception);
        }
    }

    private static AaaServer Start(AaaServerSettings settings)
    {
        try
        {
            return AaaServer.Start(settings, TimeProvider.System, new WarningLogger(Console.Error));
        }
        catch (SocketException exception)
        {
            var remedy = exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "the port is in use. Stop what listens there, or give another port; port 0 takes a free one",
                SocketError.AddressNotAvailable => "this machine has no such address. Give one of its own, such as 127.0.0.1",
                SocketError.AccessDenied => "this user may not listen there. Give a port from 1024 on",
                _ => exception.Message + ". Give another address or port",
            };
            string[] others = [.. Other("--tls-listen", settings.Tls?.Listen), .. Other("--acct-listen", settings.Accounting)];
            throw new UsageException($"{string.Concat(others)}--listen {settings.Authentication}: {remedy}.", exception);
        }
    }

    /// <summary>Which of several sockets could not be bound, the exception does not tell; a port that the system chooses is never it.</summary>
    private static string[] Other(string option, IPEndPoint? listen) => listen is null or { Port: 0 } ? [] : [$"{option} {listen} or "];

    private static async Task UntilToldToStopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C or SIGTERM: the end that was waited for.
        }
    }
}
