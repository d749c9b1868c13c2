using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NacGateway.Harness.Input;
using NacGateway.Harness.Loading;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;

namespace NacGateway.Harness.Commands;

/// <summary><c>load</c>: as many requests as a server can take, or as many as are asked for, and how long the answers take.</summary>
internal sealed class LoadCommand
{
    public const string Example =
        "NAC_HARNESS_SECRET=a-long-shared-secret nac-harness load --server 127.0.0.1:1812 --user 'user{1..1000}' --password 'secret{n}' \\\n"
        + "    --from 500 --to 5000 --step 500 --seconds 5 --mix pap=90,chap=10 --plot load.svg";

    private const string Description =
        "Loads a RADIUS server: at rates that go up in steps (--from, --to, --step, each for --seconds), or with a window that is kept full (--parallel) until --count requests "
        + "are done, as radclient -p does it. Each reply is verified. A row a second, a summary at the end; Ctrl+C ends it with what was done. Only the server named is asked. "
        + "Exit code 1 when --max-loss or --max-p99 is broken, 3 when nothing answered at all.";

    private const int DefaultWindow = 32;
    private const int DefaultStepWindow = 1024;
    private const int MostWindow = 8192;
    private const int MostSteps = 1000;

    private readonly SecretSource _secret = new();
    private readonly UserSource _users = new();
    private readonly TlsOptions _tls = new();
    private readonly Option<bool> _json;
    private readonly Option<string> _server = new("--server") { Description = "The server, a name or an address. Default port: 1812.", HelpName = "HOST[:PORT]", Required = true };
    private readonly Option<int?> _acctPort = new("--acct-port") { Description = "Its port for accounting. Default: one above the other; with --tls the same.", HelpName = "PORT" };
    private readonly Option<string> _mix = new("--mix") { Description = "What is sent, by weight: pap, chap, mschapv2, acct.", HelpName = "WEIGHTS", DefaultValueFactory = _ => "pap=1" };
    private readonly Option<double?> _from = new("--from") { Description = "Requests per second of the first step, 0.1 to 1000000.", HelpName = "RATE" };
    private readonly Option<double?> _to = new("--to") { Description = "Requests per second of the last step. Default: as --from.", HelpName = "RATE" };
    private readonly Option<double?> _step = new("--step") { Description = "What each step adds (or takes off, where --to is below --from).", HelpName = "RATE" };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "Length of a step (default 5), or of the whole run where there are no steps (default 60); to 3600.", HelpName = "SECONDS" };
    private readonly Option<long?> _count = new("--count") { Description = "Requests at most.", HelpName = "N" };
    private readonly Option<int?> _parallel = new("--parallel", "-p") { Description = $"Requests in flight at most, 1 to {MostWindow}. Default: {DefaultWindow}; with steps {DefaultStepWindow}.", HelpName = "N" };
    private readonly Option<double> _timeout = new("--timeout") { Description = "How long each try waits for its reply, 0.05 to 30.", HelpName = "SECONDS", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _tries = new("--tries") { Description = "Tries of one request before it counts as lost, 1 to 10.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<FileInfo?> _csv = new("--csv") { Description = "Writes the rows to this file.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _plot = new("--plot") { Description = "Draws throughput and latency into this file (SVG).", HelpName = "FILE" };
    private readonly Option<double?> _maxLoss = new("--max-loss") { Description = "Share of lost requests that is still a success.", HelpName = "PERCENT" };
    private readonly Option<double?> _maxP99 = new("--max-p99") { Description = "99th percentile of latency that is still a success.", HelpName = "MILLISECONDS" };
    private readonly Option<bool> _unsigned = new("--allow-missing-message-authenticator") { Description = "Count replies without Message-Authenticator as replies." };
    private readonly Option<string[]> _attributes = new("--attribute", "-a") { Description = "An attribute of the dictionary that each request carries. Repeatable.", HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore };

    private LoadCommand(Option<bool> json) => _json = json;

    public static Command Create(Option<bool> json)
    {
        var verb = new LoadCommand(json);
        var command = new Command("load", Description)
        {
            verb._server, verb._acctPort, verb._mix, verb._from, verb._to, verb._step, verb._seconds, verb._count, verb._parallel, verb._timeout,
            verb._tries, verb._attributes, verb._csv, verb._plot, verb._maxLoss, verb._maxP99, verb._unsigned,
        };
        verb._users.AddTo(command);
        verb._secret.AddTo(command);
        verb._tls.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var tls = _tls.Client(parse, parse.GetValue(_server)!);
        var secret = tls is null ? _secret.Require(parse) : RadSecProtocol.Secret.ToArray();
        var plan = Plan(parse);
        var limits = new LoadLimits(Positive(parse, _maxLoss, 0, 100), Positive(parse, _maxP99, 0, 1e6));
        var endPoint = await ServerAddress.ResolveAsync(parse.GetValue(_server)!, cancellationToken, tls is null ? ServerAddress.DefaultPort : RadSecProtocol.Port);
        var attributes = new AttributeList();
        foreach (var attribute in (parse.GetValue(_attributes) ?? []).Select(AttributeText.Parse))
        {
            attribute.AddTo(attributes, secret, new byte[RadiusPacket.AuthenticatorLength]);
        }

        var settings = new LoadSettings
        {
            Authentication = endPoint,
            Accounting = new IPEndPoint(endPoint.Address, parse.GetValue(_acctPort) is { } port ? Port(port) : Math.Min(endPoint.Port + 1, IPEndPoint.MaxPort)),
            Secret = secret,
            Users = await _users.ReadAsync(parse, cancellationToken),
            Mix = LoadMix.Parse(parse.GetValue(_mix)!),
            Plan = plan,
            Parallel = Whole(parse.GetValue(_parallel) ?? (plan.Rates.Count == 0 ? DefaultWindow : DefaultStepWindow), "--parallel", MostWindow),
            Timeout = TimeSpan.FromSeconds(Positive(parse, _timeout, 0.05, 30)),
            Tries = Whole(parse.GetValue(_tries), "--tries", 10),
            RequireMessageAuthenticator = !parse.GetValue(_unsigned),
            Attributes = attributes,
        };
        using var csv = Open(parse.GetValue(_csv), "--csv") is { } file ? new LoadCsv(file) : null;
        await using var picture = Open(parse.GetValue(_plot), "--plot");
        var connection = tls is null ? null : new RadiusServerSettings { Name = "server", EndPoint = endPoint, Secret = secret, Tls = tls };
        var (seconds, summary) = await DriveAsync(settings, connection, limits, new LoadTable(Console.Out, parse.GetValue(_json)), csv, cancellationToken);
        if (picture is not null)
        {
            await picture.WriteAsync(LoadPlot.Draw(seconds, summary));
        }

        if (summary.Reason is { } reason)
        {
            await Console.Error.WriteLineAsync($"error: {reason}");
        }

        return summary.ExitCode();
    }

    private static async Task<(IReadOnlyList<LoadSecond> Seconds, LoadSummary Summary)> DriveAsync(LoadSettings settings, RadiusServerSettings? connection, LoadLimits limits, LoadTable table, LoadCsv? csv, CancellationToken cancellationToken)
    {
        var seconds = new List<LoadSecond>();
        var bar = new ProgressBar(Console.IsErrorRedirected ? null : Console.Error, settings.Plan);
        try
        {
            var outcome = connection is null ? await DriveByDatagramsAsync(settings, Tell, bar, cancellationToken) : await DriveByConnectionAsync(settings, connection, Tell, bar, cancellationToken);
            bar.Clear();
            var summary = LoadSummary.Of(outcome, settings, limits);
            table.Summary(summary);
            return (seconds, summary);

            void Tell(LoadSecond second)
            {
                bar.Clear();
                seconds.Add(second);
                table.Second(second);
                csv?.Second(second);
            }
        }
        catch (SocketException exception)
        {
            throw new UsageException($"{settings.Authentication} cannot be asked from here: {exception.Message}. Correct --server, or give a smaller --parallel.", exception);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new UsageException("The request takes more than the 4096 octets that a packet may have. Give fewer attributes.", exception);
        }
    }

    /// <summary>A thread of its own: the loop sleeps in the socket, which is nothing for the pool.</summary>
    private static Task<LoadOutcome> DriveByDatagramsAsync(LoadSettings settings, Action<LoadSecond> tell, ProgressBar bar, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            using var loop = new LoadLoop(settings, TimeProvider.System);
            return loop.Run(tell, bar.Draw, cancellationToken);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static async Task<LoadOutcome> DriveByConnectionAsync(LoadSettings settings, RadiusServerSettings connection, Action<LoadSecond> tell, ProgressBar bar, CancellationToken cancellationToken)
    {
        await using var loop = new ConnectionLoop(settings, connection, TimeProvider.System);
        return await loop.RunAsync(tell, bar.Draw, cancellationToken);
    }

    private LoadPlan Plan(ParseResult parse)
    {
        var count = parse.GetValue(_count) is { } given ? (given > 0 ? given : throw new UsageException("--count takes 1 or more.")) : long.MaxValue;
        var seconds = Positive(parse, _seconds, 0.1, 3600);
        if (Positive(parse, _from, 0.1, 1e6) is not { } from)
        {
            return parse.GetValue(_to) is not null || parse.GetValue(_step) is not null ? throw new UsageException("--to and --step need --from.")
                : count == long.MaxValue && seconds is null ? throw new UsageException("Give how much is sent: --count N, --seconds SECONDS, or rates with --from, --to and --step.")
                : new LoadPlan { Length = TimeSpan.FromSeconds(seconds ?? 60), Count = count };
        }

        var to = Positive(parse, _to, 0.1, 1e6) ?? from;
        var step = Positive(parse, _step, 0.1, 1e6) ?? Math.Max(1, Math.Abs(to - from));
        return Math.Abs(to - from) / step >= MostSteps
            ? throw new UsageException($"--step: from {from} to {to} in steps of {step} are more than {MostSteps}. Give a larger --step.")
            : new LoadPlan { Rates = LoadPlan.Steps(from, to, step), Length = TimeSpan.FromSeconds(seconds ?? 5), Count = count };
    }

    private static double? Positive(ParseResult parse, Option<double?> option, double least, double most) =>
        parse.GetValue(option) is { } value ? InRange(value, option.Name, least, most) : null;

    private static double Positive(ParseResult parse, Option<double> option, double least, double most) => InRange(parse.GetValue(option), option.Name, least, most);

    private static double InRange(double value, string name, double least, double most) =>
        value >= least && value <= most ? value : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name} takes {least} to {most}."));

    private static int Whole(int value, string name, int most) => value >= 1 && value <= most ? value : throw new UsageException($"{name} takes 1 to {most}.");

    private static int Port(int port) => Whole(port, "--acct-port", IPEndPoint.MaxPort);

    private static StreamWriter? Open(FileInfo? file, string option)
    {
        try
        {
            return file?.CreateText();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: {file!.FullName} cannot be written: {exception.Message}", exception);
        }
    }
}
