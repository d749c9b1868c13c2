using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using NacGateway.Aaa;
using NacGateway.Harness.Input;
using NacGateway.Harness.Serving;
using NacGateway.Radius.Server;

namespace NacGateway.Harness.Commands;

/// <summary><c>aaa</c>: runs the RADIUS server until it is told to stop.</summary>
internal sealed class AaaCommand
{
    public const string Example = "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness aaa --users seeds/demo-users.json --listen 127.0.0.1:1812";

    private const string Description =
        "Runs a RADIUS server for trying out: PAP, CHAP, MS-CHAPv2, challenges, rejections, reply attributes. A line for each answer; Ctrl+C or SIGTERM ends it with a summary. "
        + "It is reached from this machine only unless told otherwise.";

    private readonly SecretSource _secret = new();
    private readonly TlsOptions _tls = new();
    private readonly Option<bool> _json;
    private readonly Option<string> _users = new("--users") { Description = "Users: JSON as in seeds/demo-users.json, or a users file in the format of FreeRADIUS.", HelpName = "FILE", Required = true };
    private readonly Option<string> _listen = new("--listen") { Description = "Where to listen; port 0 takes a free one, which the first line names.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:1812" };
    private readonly Option<bool> _any = new("--any-interface") { Description = "Allow --listen on every interface of this machine (0.0.0.0 or [::])." };
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
        var command = new Command("aaa", Description) { verb._users, verb._listen, verb._any, verb._clients, verb._unsigned, verb._quiet };
        verb._secret.AddTo(command);
        verb._tls.AddListenerTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var listen = ServerAddress.Listen(parse.GetValue(_listen)!);
        if (IsAny(listen.Address) && !parse.GetValue(_any))
        {
            throw new UsageException($"--listen: {listen} can be reached from every network of this machine. Listen on one address, or add --any-interface if that is meant.");
        }

        var secret = _secret.Require(parse);
        string[] given = parse.GetValue(_clients) ?? [];
        var clients = given.Length == 0 ? ClientPrefix.Loopback : [.. given.Select(ClientPrefix.Parse)];
        var users = Users(parse.GetValue(_users)!);
        var log = new AnswerLog(Console.Out, parse.GetValue(_json), parse.GetValue(_quiet));
        NasEntry[] nas = [.. clients.Select(client => new NasEntry(client, secret, client.ToString(), !parse.GetValue(_unsigned)))];
        var server = Start(new AaaServerSettings
        {
            Users = users,
            Authentication = listen,
            Nas = nas,
            Tls = _tls.Listener(parse, nas),
            OnAnswered = log.Answered,
        });
        await using (server)
        {
            log.Listening(new ListeningLine("listening", server.AuthenticationEndPoint.ToString(), users.Count, [.. clients.Select(client => client.ToString())], server.TlsEndPoint?.ToString()));
            await UntilToldToStopAsync(cancellationToken);
        }

        log.Stopped(server.Counters);
        return ExitCode.Expected;
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || (address.IsIPv4MappedToIPv6 && address.MapToIPv4().Equals(IPAddress.Any));

    private static UserDirectory Users(string path)
    {
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
            throw new UsageException($"{(settings.Tls is null ? "" : $"--tls-listen {settings.Tls.Listen} or ")}--listen {settings.Authentication}: {remedy}.", exception);
        }
    }

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
