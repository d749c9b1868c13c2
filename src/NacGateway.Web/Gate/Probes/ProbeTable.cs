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
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    private readonly FrozenDictionary<string, Row[]> _byPath;
    private readonly Row[] _byAgent;

    /// <summary>A table of entries that have passed <see cref="Check"/>.</summary>
    public ProbeTable(IReadOnlyList<ProbeEntry> entries)
    {
        _byAgent = [.. entries.Select((entry, place) => new Row(place, entry.UserAgent ?? string.Empty, entry)).Where(row => row.Text.Length != 0)];
        _byPath = entries
            .SelectMany((entry, place) => entry.Paths.SelectMany(path => entry.Hosts.Select(host => (Path: path, Row: new Row(place, host, entry)))))
            .GroupBy(found => found.Path, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(found => found.Row).ToArray(), StringComparer.Ordinal);
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
            var entries = JsonSerializer.Deserialize<List<ProbeEntry>>(stream, s_json);
            if (entries is null || entries.Contains(null!))
            {
                errors = [$"Gate:ProbeTable: '{file}' has null where {(entries is null ? "a list and so no entries" : "no entry")} can be read. seeds/probes.json shows the form."];
                return null;
            }

            errors = Check(entries, file);
            return errors.Count == 0 ? new ProbeTable(entries) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors = [$"Gate:ProbeTable: '{file}' cannot be read: {exception.Message} Name a readable file, or leave the key out for the built-in table."];
        }
        catch (JsonException exception)
        {
            errors = [$"Gate:ProbeTable: '{file}', line {(exception.LineNumber ?? 0) + 1}: {exception.Message.Split(" Path:")[0]} seeds/probes.json shows the form."];
        }

        return null;
    }

    /// <summary>What this request gets if it is a probe; null when it asks for content. Does not allocate.</summary>
    public ProbeAnswer? Find(HttpRequest request) => FindEntry(request)?.Answer;

    /// <summary>The entry that this request is a probe by; null when it asks for content. Does not allocate.</summary>
    public ProbeEntry? FindEntry(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        var byPath = request.Path.Value is { } path && _byPath.TryGetValue(path, out var rows) ? FindHost(rows, Destination.HostOf(request)) : null;
        var agents = request.Headers.UserAgent;
        var byAgent = agents.Count == 1 && agents[0] is { } agent ? FindAgent(agent) : null;

        // The first entry of the file stands, whichever way it matched.
        return byPath is null || byAgent?.Place < byPath.Place ? byAgent?.Entry : byPath.Entry;
    }

    private static Row? FindHost(Row[] rows, ReadOnlySpan<char> host)
    {
        foreach (var row in rows)
        {
            if (string.Equals(row.Text, AnyHost, StringComparison.Ordinal) || host.Equals(row.Text, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return null;
    }

    private Row? FindAgent(string agent)
    {
        foreach (var row in _byAgent)
        {
            if (agent.Contains(row.Text, StringComparison.Ordinal))
            {
                return row;
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

            errors.AddRange((entry.Online?.Check() ?? []).Select(problem => $"{where}, {problem}"));
            errors.AddRange(entry.Paths.Where(path => path is null || !path.StartsWith('/') || path.Contains('?', StringComparison.Ordinal)).Select(path => $"{where}: path '{path}' must begin with / and have no query."));
            errors.AddRange(entry.Hosts.Where(host => string.IsNullOrEmpty(host) || host.Contains(':', StringComparison.Ordinal) || host.Contains('/', StringComparison.Ordinal)).Select(host => $"{where}: host '{host}' must be a name without scheme and port."));
        }

        return errors;
    }

    /// <param name="Place">Of the entry in the file.</param>
    /// <param name="Text">A host, or a part of the User-Agent.</param>
    /// <param name="Entry">The entry.</param>
    private sealed record Row(int Place, string Text, ProbeEntry Entry);
}
