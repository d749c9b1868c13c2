using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using NacGateway.Harness.Input;
using NacGateway.Harness.Output;
using NacGateway.Harness.Probing;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;

namespace NacGateway.Harness.Commands;

/// <summary><c>probe</c>: asks a server what it supports, and prints a report card.</summary>
internal sealed class ProbeCommand
{
    public const string Example =
        "printf wonderland | NAC_HARNESS_SECRET=a-long-shared-secret nac-harness probe 127.0.0.1:1812 --user alice --password-stdin --require ma-accept,status-auth";

    private static readonly string s_description = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Asks one RADIUS server, and no other, what it supports and how it takes what is malformed, and prints a report card. At most {Prober.MostDatagrams} datagrams are sent. Without --user its rejections are asked for, with the name {Prober.Stranger}; with a user whose password is rejected, too: he is not asked for again, so that no account is locked. Accounting is one session of {Prober.Stranger}, Start and Stop.
        Exit code 0 when all that is required passes, 1 when not, 3 when nothing answers.
        """);

    private readonly SecretSource _secret = new();
    private readonly PasswordSource _password = new();
    private readonly TlsOptions _tls = new();
    private readonly Option<string> _tlsPort = new("--tls-port") { Description = "Its port for RadSec, which --tls asks besides.", HelpName = "PORT", DefaultValueFactory = _ => RadSecProtocol.Port.ToString(CultureInfo.InvariantCulture) };
    private readonly Option<bool> _json;
    private readonly Argument<string> _server = new("host") { Description = "The server, a name or an address. Default port: 1812.", HelpName = "HOST[:PORT]" };
    private readonly Option<string?> _acctPort = new("--acct-port") { Description = "Its port for accounting; 0 asks nothing of accounting. Default: one above the other.", HelpName = "PORT" };
    private readonly Option<string?> _user = new("--user", "-u") { Description = "A user whom the server accepts; the methods are asked with it.", HelpName = "NAME" };
    private readonly Option<string> _method = new Option<string>("--method", "-m") { Description = "The method of the questions that are not about methods.", DefaultValueFactory = _ => "pap" }.AcceptOnlyFromAmong("pap", "chap", "mschapv2");
    private readonly Option<string> _timeout = new("--timeout", "-t") { Description = "How long an answer is waited for: 0.1 to 30. Longer than the server delays its rejections.", HelpName = "SECONDS", DefaultValueFactory = _ => "3" };
    private readonly Option<string?> _require = new("--require") { Description = "Lines of the card that must be good, with commas between, or all. Without it no line that is required may be bad.", HelpName = "IDS" };
    private readonly Option<string> _color = Paint.Option();

    private ProbeCommand(Option<bool> json) => _json = json;

    public static Command Create(Option<bool> json)
    {
        var verb = new ProbeCommand(json);
        var command = new Command("probe", s_description) { verb._server, verb._acctPort, verb._user, verb._method, verb._timeout, verb._require, verb._color, verb._tlsPort };
        verb._password.AddTo(command);
        verb._secret.AddTo(command);
        verb._tls.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var secret = _secret.Require(parse);
        var user = parse.GetValue(_user);
        if ((user is not null) != _password.IsGiven(parse))
        {
            throw new UsageException("--user and a password go together. Give both, the password by --password-stdin, --password-file or --password; or none, and strangers are asked for.");
        }

        if (user is not null && Encoding.UTF8.GetByteCount(user) is 0 or > AttributeList.MaxValueLength)
        {
            throw new UsageException("--user takes 1 to 253 octets.");
        }

        var demanded = Demanded(parse.GetValue(_require));
        var timeout = CommandNumber.Seconds("--timeout", parse.GetValue(_timeout)!);
        int? given = parse.GetValue(_acctPort) is { } text ? CommandNumber.Whole("--acct-port", text, 0, IPEndPoint.MaxPort) : null;
        var endPoint = await ServerAddress.ResolveAsync(parse.GetValue(_server)!, cancellationToken, option: "HOST");
        var acctPort = given ?? Math.Min(endPoint.Port + 1, IPEndPoint.MaxPort);
        var password = user is null ? null : await _password.ReadAsync(parse, cancellationToken);
        if (password is { Length: > UserPassword.MaxLength })
        {
            throw new UsageException("A password that goes into User-Password has at most 128 octets (RFC 2865 section 5.2).");
        }

        var tls = _tls.Client(parse, parse.GetValue(_server)!);
        var tlsPort = CommandNumber.Whole("--tls-port", parse.GetValue(_tlsPort)!, 1, IPEndPoint.MaxPort);
        var report = await ProbeRun.RunAsync(
            new ProbeTarget
            {
                Authentication = endPoint,
                Accounting = acctPort == 0 ? null : new IPEndPoint(endPoint.Address, acctPort),
                Secret = secret,
                RadSec = tls is null ? null : new RadiusServerSettings { Name = "server", EndPoint = new IPEndPoint(endPoint.Address, tlsPort), Secret = secret, Tls = tls },
                UserName = user is null ? null : Encoding.UTF8.GetBytes(user),
                Password = password,
                Timeout = timeout,
                Method = parse.GetValue(_method) switch
                {
                    "chap" => AuthMethod.Chap,
                    "mschapv2" => AuthMethod.MsChapV2,
                    _ => AuthMethod.Pap,
                },
            },
            demanded,
            cancellationToken);
        Print(report, parse.GetValue(_json), Paint.Of(parse.GetValue(_color)!));
        return report.Good ? ExitCode.Expected : report.Answered ? ExitCode.Unexpected : ExitCode.NoAnswer;
    }

    private static void Print(ProbeReport report, bool isJson, Paint paint)
    {
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, HarnessJson.Default.ProbeReport));
        }
        else
        {
            report.Write(Console.Out, paint);
        }

        if (!report.Good)
        {
            Console.Error.WriteLine("error: " + (report.Answered ? report.Verdict() : $"no answer: {report.Findings[0].Found}. {report.Findings[0].Meaning}"));
        }
    }

    private static HashSet<string> Demanded(string? text)
    {
        if (text is null)
        {
            return [];
        }

        if (text == "all")
        {
            return new HashSet<string>(ProbeRun.Ids, StringComparer.Ordinal);
        }

        var ids = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return ids.FirstOrDefault(id => !ProbeRun.Ids.Contains(id, StringComparer.Ordinal)) is { } unknown
            ? throw new UsageException($"--require: the card has no line {unknown}. It has {string.Join(", ", ProbeRun.Ids)}.")
            : new HashSet<string>(ids, StringComparer.Ordinal);
    }
}
