using System.CommandLine;
using System.Net;

namespace NacGateway.Harness.Input;

/// <summary>Where a server listens for authentication and for accounting. Every interface of the machine only when that is said twice.</summary>
internal sealed class ListenOptions
{
    private const string None = "none";

    private readonly Option<string> _authentication = new("--listen") { Description = "Where to listen; port 0 takes a free one, which the first line names.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:1812" };
    private readonly Option<string?> _accounting = new("--acct-listen") { Description = "Where to listen for accounting, or none. Default: the address of --listen, one port above it (1813), or a free one where that is 0.", HelpName = "ADDRESS:PORT" };
    private readonly Option<bool> _any = new("--any-interface") { Description = "Allow listening on every interface of this machine (0.0.0.0 or [::])." };

    public void AddTo(Command command)
    {
        command.Options.Add(_authentication);
        command.Options.Add(_accounting);
        command.Options.Add(_any);
    }

    /// <summary>Both addresses; no accounting when it is not wanted.</summary>
    /// <exception cref="UsageException">One is no address, or more than was meant.</exception>
    public (IPEndPoint Authentication, IPEndPoint? Accounting) Read(ParseResult parse)
    {
        var authentication = Check(parse, ServerAddress.Listen(parse.GetValue(_authentication)!), "--listen");
        var accounting = parse.GetValue(_accounting) switch
        {
            None => null,
            { } given => Check(parse, ServerAddress.Listen(given, "--acct-listen"), "--acct-listen"),
            _ when authentication.Port == IPEndPoint.MaxPort => throw new UsageException($"--listen {authentication}: there is no port above it for accounting. Give --acct-listen ADDRESS:PORT, or --acct-listen none."),
            _ => new IPEndPoint(authentication.Address, authentication.Port == 0 ? 0 : authentication.Port + 1),
        };
        return (authentication, accounting);
    }

    /// <summary>An address of another listener, held to the same rule.</summary>
    /// <exception cref="UsageException">It is more than was meant.</exception>
    public IPEndPoint Check(ParseResult parse, IPEndPoint listen, string option) =>
        !IsAny(listen.Address) || parse.GetValue(_any)
            ? listen
            : throw new UsageException($"{option}: {listen} can be reached from every network of this machine. Listen on one address, or add --any-interface if that is meant.");

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || (address.IsIPv4MappedToIPv6 && address.MapToIPv4().Equals(IPAddress.Any));
}
