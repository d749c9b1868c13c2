using System.CommandLine;
using System.Text;
using NacGateway.Harness.Input;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Commands;

/// <summary><c>send auth</c>: signs a user in, and shows both packets.</summary>
internal sealed class SendAuthCommand
{
    public const string Example =
        "printf wonderland | NAC_HARNESS_SECRET=a-long-shared-secret nac-harness send auth --server 127.0.0.1:1812 \\\n"
        + "    --method chap --user alice --password-stdin NAS-Port-Type=Wireless-802.11 --expect-attr Session-Timeout";

    private const string Description =
        "Sends an Access-Request, and prints it, its reply and what was verified. Exit code 1 when the outcome is not the expected one, 3 when there is no answer.\n"
        + "Message-Authenticator stands first, and NAS-Identifier is added where no NAS is named.";

    private readonly PasswordSource _password = new();
    private readonly SendOptions _common;
    private readonly Argument<string[]> _words = SendOptions.Words("attributes");
    private readonly Option<string?> _user = new("--user", "-u") { Description = "User-Name.", HelpName = "NAME" };
    private readonly Option<string> _method = new Option<string>("--method", "-m") { Description = "How the password is proved.", DefaultValueFactory = _ => "pap" }.AcceptOnlyFromAmong("pap", "chap", "mschapv2");
    private readonly Option<string?> _code = new("--otp") { Description = "Answers an Access-Challenge with this code; State is returned untouched.", HelpName = "CODE" };
    private readonly Option<bool> _unsigned = new("--allow-missing-message-authenticator") { Description = "Believe replies without Message-Authenticator. They can be forged (CVE-2024-3596)." };

    private SendAuthCommand(Option<bool> json) => _common = new SendOptions(json, ServerAddress.DefaultPort, PacketOutcome.Accept);

    public static Command Create(Option<bool> json)
    {
        var verb = new SendAuthCommand(json);
        var command = new Command("auth", Description) { verb._user, verb._method, verb._code, verb._unsigned };
        verb._password.AddTo(command);
        verb._common.AddTo(command, verb._words);
        command.SetAction(verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var packets = await _common.ReadPacketsAsync(parse, RadiusCode.AccessRequest, parse.GetValue(_words) ?? [], cancellationToken);
        var password = _password.IsGiven(parse) ? await _password.ReadAsync(parse, cancellationToken) : null;
        if (_password.IsStandardInput(parse) && _common.ReadsStandardInput(parse))
        {
            throw new UsageException("--password-stdin and --file -: standard input is one or the other. Give the password or the packets by a file.");
        }

        IOutgoing[] requests = [.. packets.Select(packet => Check(new AuthRequest
        {
            Method = parse.GetValue(_method) switch
            {
                "chap" => AuthMethod.Chap,
                "mschapv2" => AuthMethod.MsChapV2,
                _ => AuthMethod.Pap,
            },
            UserName = parse.GetValue(_user) is { } user ? Encoding.UTF8.GetBytes(user) : null,
            Attributes = packet,
            Password = password,
            Otp = parse.GetValue(_code) is { } code ? Encoding.UTF8.GetBytes(code) : null,
            AsGiven = _common.AsGiven(parse),
        }))];
        return await _common.SendAsync(parse, requests, !parse.GetValue(_unsigned), cancellationToken);
    }

    /// <summary>What would contradict itself is told before anything is sent.</summary>
    private static AuthRequest Check(AuthRequest request)
    {
        if (request.UserName is { Length: 0 or > AttributeList.MaxValueLength })
        {
            throw new UsageException("--user takes 1 to 253 octets.");
        }

        if (request.UserName is not null && request.Attributes.Has(RadiusAttributeType.UserName))
        {
            throw new UsageException("User-Name is given by --user and as an attribute. Give it once.");
        }

        if (request.Password is not null && Proofs(request.Attributes).Any())
        {
            throw new UsageException($"{Proofs(request.Attributes).First()} is computed from the password that is given by its option. Give one of them.");
        }

        if (request.UserName is not null && request.Password is null && !request.AsGiven && !Proofs(request.Attributes).Any() && !request.Attributes.Has(RadiusAttributeType.State))
        {
            throw new UsageException("--user without a password proves nothing. Give the password once: --password-stdin, --password-file FILE or --password TEXT.");
        }

        if (request.Attributes.Items.Count == 0 && request.UserName is null)
        {
            throw new UsageException("There is nothing to send. Give --user and a password, or attributes such as User-Name=alice, or --file.");
        }

        return (request.Method == AuthMethod.Pap && request.Password is { Length: > UserPassword.MaxLength }) || request.Otp is { Length: > UserPassword.MaxLength }
            ? throw new UsageException("A password or code that goes into User-Password has at most 128 octets (RFC 2865 section 5.2).")
            : request;
    }

    /// <summary>The names of the given attributes that are a password or a proof of one.</summary>
    private static IEnumerable<string> Proofs(GivenAttributes given) => given.Items.Select(item => item.Definition).Where(definition => definition.Path switch
    {
        [RadiusAttributeType.UserPassword or RadiusAttributeType.ChapPassword or RadiusAttributeType.ChapChallenge or RadiusAttributeType.EapMessage] => true,
        [RadiusAttributeType.VendorSpecific, VendorId.Microsoft, MicrosoftAttributeType.ChapChallenge or MicrosoftAttributeType.Chap2Response] => true,
        _ => false,
    }).Select(definition => definition.Name);
}
