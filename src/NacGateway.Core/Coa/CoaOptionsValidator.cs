using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;

namespace NacGateway.Core.Coa;

/// <summary>Names every error of the section at once, each with its key and what to do.</summary>
internal sealed class CoaOptionsValidator : IValidateOptions<CoaOptions>
{
    private const int MostRequests = 10_000;
    private static readonly TimeSpan s_shortestWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestWindow = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, CoaOptions options)
    {
        List<string> errors = [];
        if (!IsEndPoint(options.Listen))
        {
            errors.Add($"Coa:Listen '{options.Listen}' is not ADDRESS:PORT. Write for example [::]:3799 or 192.0.2.1:3799.");
        }

        if (options.TimestampWindow < s_shortestWindow || options.TimestampWindow > s_longestWindow)
        {
            errors.Add($"Coa:TimestampWindow is {options.TimestampWindow}. Write a time from 00:00:10 to 01:00:00, such as 00:05:00.");
        }

        if (options.RequestsPerSecond is < 1 or > MostRequests)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Coa:RequestsPerSecond is {options.RequestsPerSecond}. Write a number from 1 to {MostRequests}."));
        }

        for (var index = 0; index < options.Clients.Count; index++)
        {
            CheckClient(options.Clients[index], $"Coa:Clients:{index}", errors);
        }

        errors.AddRange(options.Clients
            .Select((client, index) => (Network: CoaClients.ParseAddress(client.Address), index))
            .Where(client => client.Network is not null)
            .GroupBy(client => client.Network)
            .Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(client => $"Coa:Clients:{client.index}:Address"))} are all {group.Key}. Keep one of them."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Without a port of its own it would be 0 by silence, and listen where nobody sends to.</summary>
    private static bool IsEndPoint(string text) =>
        IPEndPoint.TryParse(text, out _) && text.LastIndexOf(':') is var colon and > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && (text[colon - 1] == ']' || !text[..colon].Contains(':', StringComparison.Ordinal));

    private static void CheckClient(CoaClientOptions client, string key, List<string> errors)
    {
        if (CoaClients.ParseAddress(client.Address) is not { } network)
        {
            errors.Add($"{key}:Address '{client.Address}' is neither an address nor a prefix. Write for example 192.0.2.21, 2001:db8::21 or 192.0.2.16/28.");
        }
        else if (network.PrefixLength == 0)
        {
            errors.Add($"{key}:Address {client.Address} is everybody. Name the servers that may change and end sessions.");
        }

        bool isGiven = !string.IsNullOrEmpty(client.Secret);
        bool isFile = !string.IsNullOrEmpty(client.SecretFile);
        if (isGiven && isFile)
        {
            errors.Add($"{key}:Secret and {key}:SecretFile are both set. Keep one.");
        }
        else if (!isGiven && !isFile)
        {
            errors.Add($"{key}:Secret is missing. Set {key}:SecretFile to a file that holds the secret shared with this client, or {key}:Secret to the secret itself.");
        }
        else if (SharedSecret.TryRead(client.Secret, client.SecretFile, out var problem) is null)
        {
            errors.Add($"{key}:SecretFile '{client.SecretFile}' {problem}. Name a file that this process may read and that holds the shared secret.");
        }
    }
}
