using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Gate.Probes;

/// <summary>
/// Tells a connectivity probe from a request for content. A probe is redirected only because its sender overlooks 511; no
/// application can take that answer for content.
/// </summary>
internal sealed class ProbeTable
{
    private const string AnyHost = "*";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    private readonly FrozenDictionary<string, (string Host, ProbeAnswer Answer)[]> _byPath;
    private readonly (string Part, ProbeAnswer Answer)[] _byAgent;

    /// <summary>A table of entries that have passed <see cref="Check"/>.</summary>
    public ProbeTable(IReadOnlyList<ProbeEntry> entries)
    {
        _byAgent = [.. entries.Where(entry => entry.UserAgent is not null).Select(entry => (entry.UserAgent!, entry.Answer))];
        _byPath = entries
            .SelectMany(entry => entry.Paths.SelectMany(path => entry.Hosts.Select(host => (Path: path, Host: host, entry.Answer))))
            .GroupBy(row => row.Path, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(row => (row.Host, row.Answer)).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The table that ships with the program.</summary>
    public static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "seeds", "probes.json");

    /// <summary>Reads a table.</summary>
    /// <returns>The table, or null with every error, each with the remedy.</returns>
    public static ProbeTable? TryLoad(string file, out IReadOnlyList<string> errors)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var entries = JsonSerializer.Deserialize<List<ProbeEntry>>(stream, s_json) ?? [];
            errors = Check(entries, file);
            return errors.Count == 0 ? new ProbeTable(entries) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors = [$"Gate:ProbeTable: '{file}' cannot be read: {exception.Message} Name a readable file, or leave the key out for the built-in table."];
        }
        catch (JsonException exception)
        {
            errors = [$"Gate:ProbeTable: '{file}', line {exception.LineNumber + 1}: {exception.Message.Split(" Path:")[0]} seeds/probes.json shows the form."];
        }

        return null;
    }

    /// <summary>What this request gets if it is a probe; null when it asks for content. Does not allocate.</summary>
    public ProbeAnswer? Find(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        if (request.Path.Value is { } path && _byPath.TryGetValue(path, out var rows))
        {
            var host = Destination.HostOf(request);
            foreach (var (name, answer) in rows)
            {
                if (string.Equals(name, AnyHost, StringComparison.Ordinal) || host.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return answer;
                }
            }
        }

        var agents = request.Headers.UserAgent;
        if (agents.Count == 1 && agents[0] is { } agent)
        {
            foreach (var (part, answer) in _byAgent)
            {
                if (agent.Contains(part, StringComparison.Ordinal))
                {
                    return answer;
                }
            }
        }

        return null;
    }

    private static List<string> Check(List<ProbeEntry> entries, string file)
    {
        List<string> errors = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var where = $"Gate:ProbeTable: '{file}', entry '{entry.Id}'";
            if (!seen.Add(entry.Id))
            {
                errors.Add($"{where} is there twice. Give each entry an id of its own.");
            }

            if (entry.Hosts.Count == 0 != (entry.Paths.Count == 0))
            {
                errors.Add($"{where} has only one of hosts and paths. Give both; * is every host.");
            }

            if (entry.Hosts.Count == 0 && string.IsNullOrEmpty(entry.UserAgent))
            {
                errors.Add($"{where} matches nothing. Give hosts and paths, or userAgent.");
            }

            errors.AddRange(entry.Paths.Where(path => !path.StartsWith('/') || path.Contains('?', StringComparison.Ordinal)).Select(path => $"{where}: path '{path}' must begin with / and have no query."));
            errors.AddRange(entry.Hosts.Where(host => host.Length == 0 || host.Contains(':', StringComparison.Ordinal) || host.Contains('/', StringComparison.Ordinal)).Select(host => $"{where}: host '{host}' must be a name without scheme and port."));
        }

        return errors;
    }
}
