using System.CommandLine;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;

namespace NacGateway.Harness.Input;

/// <summary>
/// RadSec on the command line, for verbs that ask (<see cref="Client"/>) and verbs that answer (<see cref="Listener"/>). Certificate and
/// key are always needed: both ends of RadSec show one (RFC 6614 section 2.3).
/// </summary>
internal sealed class TlsOptions
{
    private const int Sha256Length = 32;

    private readonly Option<bool> _tls = new("--tls") { Description = $"Ask by RadSec (RFC 6614) and, where the server knows it, RADIUS/1.1. Default port: {RadSecProtocol.Port}. No secret is needed." };
    private readonly Option<string?> _listen = new("--tls-listen") { Description = "Listen for RadSec too; port 0 takes a free one, which the first line names.", HelpName = "ADDRESS:PORT" };
    private readonly Option<string?> _certificate = new("--tls-cert") { Description = "TLS: own certificate in PEM, intermediates behind it.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--tls-key") { Description = "TLS: its private key in PEM.", HelpName = "FILE" };
    private readonly Option<string?> _trusted = new("--tls-ca") { Description = "TLS: the authorities in PEM that may have issued the other side's certificate; no others are trusted.", HelpName = "FILE" };
    private readonly Option<string?> _name = new("--tls-name") { Description = "TLS: the name or address among the subjectAltNames of the server's certificate. Default: that of --server.", HelpName = "NAME" };
    private readonly Option<string?> _pin = new("--tls-pin") { Description = "TLS: SHA-256 of the server's certificate; without --tls-ca it is all that is checked.", HelpName = "HEX" };
    private readonly Option<string> _version = new Option<string>("--tls-version") { Description = "What is offered inside TLS; none offers no name (ALPN).", DefaultValueFactory = _ => "both" }.AcceptOnlyFromAmong("both", "1.0", "1.1", "none");

    /// <summary>For a verb that asks a server.</summary>
    public void AddTo(Command command) => Add(command, [_tls, _certificate, _key, _trusted, _name, _pin, _version]);

    /// <summary>For a verb that is a server.</summary>
    public void AddListenerTo(Command command) => Add(command, [_listen, _certificate, _key, _trusted, _version]);

    /// <summary>Whether the server is to be asked by TLS.</summary>
    public bool IsWanted(ParseResult parse) => parse.GetValue(_tls);

    /// <summary>How to ask; null without <c>--tls</c>.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="server">HOST[:PORT] as it was given: its host is the name that is expected unless another is given.</param>
    /// <exception cref="UsageException">Something is missing, wrong or without effect.</exception>
    public RadSecClientSettings? Client(ParseResult parse, string server)
    {
        if (!IsWanted(parse))
        {
            return Unused(parse, "--tls", [(_certificate, "--tls-cert"), (_key, "--tls-key"), (_trusted, "--tls-ca"), (_name, "--tls-name"), (_pin, "--tls-pin")]);
        }

        var pin = parse.GetValue(_pin) is { } text ? Pin(text) : [];
        if (pin.Length == 0 && parse.GetValue(_trusted) is null)
        {
            throw new UsageException("--tls: nothing says which server is believed. Give --tls-ca FILE, or --tls-pin with the SHA-256 of its certificate.");
        }

        return new RadSecClientSettings
        {
            Credentials = Credentials(parse, "--tls"),
            ServerName = parse.GetValue(_name) ?? ServerAddress.HostOf(server),
            PinnedCertificate = pin,
            Versions = Versions(parse),
        };
    }

    /// <summary>Where to listen and what to show; null without <c>--tls-listen</c>.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="nas">The clients.</param>
    /// <exception cref="UsageException">Something is missing, wrong or without effect.</exception>
    public RadSecListenerSettings? Listener(ParseResult parse, IReadOnlyList<NasEntry> nas)
    {
        if (parse.GetValue(_listen) is not { } listen)
        {
            Unused(parse, "--tls-listen", [(_certificate, "--tls-cert"), (_key, "--tls-key"), (_trusted, "--tls-ca")]);
            return null;
        }

        if (parse.GetValue(_trusted) is null)
        {
            throw new UsageException("--tls-listen: nothing says which clients are believed. Give --tls-ca FILE.");
        }

        return new RadSecListenerSettings { Listen = ServerAddress.Listen(listen, "--tls-listen"), Nas = nas, Credentials = Credentials(parse, "--tls-listen"), Versions = Versions(parse) };
    }

    private static void Add(Command command, Option[] options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    private static RadSecClientSettings? Unused(ParseResult parse, string main, (Option<string?> Option, string Name)[] others) =>
        others.FirstOrDefault(other => parse.GetValue(other.Option) is not null).Name is { } given
            ? throw new UsageException($"{given} has no effect without {main}. Give both, or neither.")
            : null;

    private static byte[] Pin(string text)
    {
        var pin = new byte[Sha256Length];
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 2 * Sha256Length && Convert.FromHexString(digits, pin, out _, out _) == System.Buffers.OperationStatus.Done
            ? pin
            : throw new UsageException("--tls-pin takes the 64 hexadecimal digits that 'openssl x509 -noout -fingerprint -sha256' prints, with or without colons.");
    }

    private RadSecCredentials Credentials(ParseResult parse, string main)
    {
        if (parse.GetValue(_certificate) is not { } certificate || parse.GetValue(_key) is not { } key)
        {
            throw new UsageException($"{main}: RadSec needs a certificate on both sides. Give --tls-cert FILE and --tls-key FILE.");
        }

        return RadSecCredentials.TryLoad(certificate, key, parse.GetValue(_trusted), out var credentials, out var problem)
            ? credentials
            : throw new UsageException(problem
                .Replace("TrustedCertificatesFile", "--tls-ca", StringComparison.Ordinal)
                .Replace("CertificateKeyFile", "--tls-key", StringComparison.Ordinal)
                .Replace("CertificateFile", "--tls-cert", StringComparison.Ordinal));
    }

    private RadSecVersions Versions(ParseResult parse) => parse.GetValue(_version) switch
    {
        "1.0" => RadSecVersions.Radius10,
        "1.1" => RadSecVersions.Radius11,
        "none" => RadSecVersions.Unnamed,
        _ => RadSecVersions.Both,
    };
}
