using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NacGateway.Harness.Input;
using NacGateway.Harness.Output;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Commands;

/// <summary><c>send auth</c>: signs a user in by the client that the gateway uses, and shows both packets.</summary>
internal sealed class SendAuthCommand
{
    public const string Example =
        "printf wonderland | NAC_HARNESS_SECRET=a-long-shared-secret nac-harness send auth --server 127.0.0.1:1812 \\\n"
        + "    --method chap --user alice --password-stdin -a NAS-Port-Type=Wireless-802.11";

    private const string Description =
        "Sends an Access-Request, and prints it, its reply and what was verified. Exit code 1 when the outcome is not the expected one, 3 when there is no answer.";

    private readonly SecretSource _secret = new();
    private readonly PasswordSource _password = new();
    private readonly Option<bool> _json;
    private readonly Option<string> _server = new("--server") { Description = "The server, a name or an address. Default port: 1812.", HelpName = "HOST[:PORT]", Required = true };
    private readonly Option<string> _user = new("--user") { Description = "User-Name.", HelpName = "NAME", Required = true };
    private readonly Option<string> _method = new Option<string>("--method") { Description = "How the password is proved.", DefaultValueFactory = _ => "pap" }.AcceptOnlyFromAmong("pap", "chap", "mschapv2");
    private readonly Option<string?> _code = new("--otp") { Description = "Answers an Access-Challenge with this code; State is returned untouched.", HelpName = "CODE" };
    private readonly Option<string> _timeout = new("--timeout") { Description = "How long each request may take, retransmissions included: 0.1 to 30.", HelpName = "SECONDS", DefaultValueFactory = _ => "5" };
    private readonly Option<string> _expect = new Option<string>("--expect") { Description = "The outcome that gives exit code 0.", DefaultValueFactory = _ => "accept" }.AcceptOnlyFromAmong("accept", "reject", "challenge");
    private readonly Option<bool> _unsigned = new("--allow-missing-message-authenticator") { Description = "Believe replies without Message-Authenticator. They can be forged (CVE-2024-3596)." };

    private readonly Option<string[]> _attributes = new("--attribute", "-a")
    {
        Description = "An attribute of the dictionary to add, such as NAS-Port=7 or Cisco-AVPair=\"a=b\". Repeatable.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private SendAuthCommand(Option<bool> json) => _json = json;

    public static Command Create(Option<bool> json)
    {
        var verb = new SendAuthCommand(json);
        var command = new Command("auth", Description) { verb._server, verb._user, verb._method, verb._attributes, verb._code, verb._timeout, verb._expect, verb._unsigned };
        verb._password.AddTo(command);
        verb._secret.AddTo(command);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var secret = _secret.Require(parse);
        var limit = Limit(parse.GetValue(_timeout)!);
        var endPoint = await ServerAddress.ResolveAsync(parse.GetValue(_server)!, cancellationToken);
        var server = new RadiusServerSettings { Name = "server", EndPoint = endPoint, Secret = secret, RequireMessageAuthenticator = !parse.GetValue(_unsigned) };
        var request = new AuthRequest
        {
            Method = parse.GetValue(_method) switch
            {
                "chap" => AuthMethod.Chap,
                "mschapv2" => AuthMethod.MsChapV2,
                _ => AuthMethod.Pap,
            },
            UserName = Encoding.UTF8.GetBytes(parse.GetValue(_user)!),
            Attributes = [.. (parse.GetValue(_attributes) ?? []).Select(AttributeText.Parse)],
            Password = await _password.ReadAsync(parse, cancellationToken),
        };
        var code = parse.GetValue(_code) is { } text ? Encoding.UTF8.GetBytes(text) : null;
        Check(request, code, server);

        var exchange = await AuthExchange.RunAsync(server, request, code, limit, parse.GetValue(_expect)!, cancellationToken);
        if (parse.GetValue(_json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(exchange.Report(), HarnessJson.Default.SendReport));
        }
        else
        {
            exchange.Write(Console.Out);
        }

        if (exchange.Reason is { } reason)
        {
            await Console.Error.WriteLineAsync($"error: {reason}");
        }

        return exchange.ExitCode;
    }

    private static TimeSpan Limit(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 30
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--timeout takes 0.1 to 30 seconds, such as 2.5.");

    /// <summary>What would fail while sending is a mistake of usage, and told before anything is sent.</summary>
    private static void Check(AuthRequest request, byte[]? code, RadiusServerSettings server)
    {
        if (request.UserName.Length is 0 or > AttributeList.MaxValueLength)
        {
            throw new UsageException("--user takes 1 to 253 octets.");
        }

        if ((request.Method == AuthMethod.Pap && request.Password.Length > UserPassword.MaxLength) || code is { Length: > UserPassword.MaxLength })
        {
            throw new UsageException("A password or code that goes into User-Password has at most 128 octets (RFC 2865 section 5.2).");
        }

        try
        {
            request.Fill(new RadiusPacket(RadiusCode.AccessRequest), server);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new UsageException("The request takes more than the 4096 octets that a packet may have. Give fewer attributes.", exception);
        }
    }
}
