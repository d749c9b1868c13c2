using System.Text;
using Microsoft.Extensions.Options;
using NacGateway.Radius.Attributes;

namespace NacGateway.Core.Authentication;

/// <summary>Names every error of the section at once, each with its key and what to do.</summary>
internal sealed class RadiusOptionsValidator : IValidateOptions<RadiusOptions>
{
    private static readonly TimeSpan ShortestBudget = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBudget = TimeSpan.FromSeconds(60);

    public ValidateOptionsResult Validate(string? name, RadiusOptions options)
    {
        List<string> errors = [];
        if (options.Servers.Count == 0)
        {
            errors.Add("Radius:Servers is empty: nobody could sign in. Set at least Radius:Servers:0:Name, Radius:Servers:0:Host and Radius:Servers:0:SecretFile.");
        }

        if (options.LoginBudget < ShortestBudget || options.LoginBudget > LongestBudget)
        {
            errors.Add($"Radius:LoginBudget is {options.LoginBudget}. Write a time from 00:00:01 to 00:01:00, such as 00:00:10.");
        }

        if (Encoding.UTF8.GetByteCount(options.NasIdentifier) is 0 or > 253)
        {
            errors.Add("Radius:NasIdentifier must have 1 to 253 octets (RFC 2865 section 5.32). Write a short name of this gateway.");
        }

        if (!Enum.IsDefined(options.NasPortType))
        {
            errors.Add($"Radius:NasPortType {options.NasPortType} is not known. Write {string.Join(", ", Enum.GetNames<NasPortType>())}.");
        }

        CheckText(options.NasPortId, "Radius:NasPortId", errors);
        CheckText(options.CalledStationId, "Radius:CalledStationId", errors);
        for (int index = 0; index < options.Servers.Count; index++)
        {
            CheckServer(options.Servers[index], $"Radius:Servers:{index}", errors);
        }

        errors.AddRange(options.Servers
            .Select((server, index) => (server.Name, index))
            .Where(entry => entry.Name.Length != 0)
            .GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(entry => $"Radius:Servers:{entry.index}:Name"))} are all '{group.Key}'. Give each server a name of its own."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckServer(RadiusServerOptions server, string key, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(server.Name))
        {
            errors.Add($"{key}:Name is missing. Write the name by which logs shall call this server.");
        }

        if (Uri.CheckHostName(server.Host) == UriHostNameType.Unknown)
        {
            errors.Add($"{key}:Host '{server.Host}' is neither a host name nor an address. Write for example radius.example.org, 192.0.2.11 or 2001:db8::11, without a port.");
        }

        CheckPort(server.AuthenticationPort, $"{key}:AuthenticationPort", errors);
        CheckPort(server.AccountingPort, $"{key}:AccountingPort", errors);
        switch (server.Transport)
        {
            case RadiusTransport.Udp:
                CheckSecret(server, key, errors);
                break;
            case RadiusTransport.Tls:
                CheckPort(server.TlsPort, $"{key}:TlsPort", errors);
                RadSecConnection.TryCreate(server, key, log: null, out _, out var problems);
                errors.AddRange(problems);
                break;
            default:
                errors.Add($"{key}:Transport {server.Transport} is not known. Write Udp or Tls.");
                break;
        }

        if (!Enum.IsDefined(server.Method))
        {
            errors.Add($"{key}:Method {server.Method} is not known. Write Pap, Chap or MsChapV2.");
        }

        if (server is { Method: LoginMethod.MsChapV2, Transport: RadiusTransport.Udp, AllowMsChapOverUdp: false })
        {
            errors.Add($"{key}:Method MsChapV2 over UDP lets whoever sees the datagrams compute the password's hash. Write Pap, or accept that risk by {key}:AllowMsChapOverUdp=true.");
        }
    }

    private static void CheckText(string text, string key, List<string> errors)
    {
        if (Encoding.UTF8.GetByteCount(text) > 253 || text.Any(char.IsControl))
        {
            errors.Add($"{key} must have at most 253 octets and no control characters. Shorten it, or leave it out.");
        }
    }

    private static void CheckPort(int port, string key, List<string> errors)
    {
        if (port is < 1 or > 65535)
        {
            errors.Add($"{key} is {port}. Write a port from 1 to 65535.");
        }
    }

    private static void CheckSecret(RadiusServerOptions server, string key, List<string> errors)
    {
        bool isGiven = !string.IsNullOrEmpty(server.Secret);
        bool isFile = !string.IsNullOrEmpty(server.SecretFile);
        if (isGiven && isFile)
        {
            errors.Add($"{key}:Secret and {key}:SecretFile are both set. Keep one.");
        }
        else if (!isGiven && !isFile)
        {
            errors.Add($"{key}:Secret is missing. Set {key}:SecretFile to a file that holds the secret shared with this server, or {key}:Secret to the secret itself.");
        }
        else if (SharedSecret.TryRead(server, out var problem) is null)
        {
            errors.Add($"{key}:SecretFile '{server.SecretFile}' {problem}. Name a file that this process may read and that holds the shared secret.");
        }
    }
}
