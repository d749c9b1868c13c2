using System.Globalization;
using System.Text;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Collects changes of elements, and writes them as few commands: what goes first, then what comes. One command with a thousand elements costs
/// a fraction of a thousand commands.
/// </summary>
internal sealed class ElementBatch
{
    /// <summary>Between the parts of an element that has several.</summary>
    private const string Between = " . ";

    /// <summary>Beyond all that a timeout of nft may say, and no session's business.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);

    // As text from the start: of many sessions each element as a string of its own would be half a second of collecting garbage.
    private readonly SortedDictionary<string, StringBuilder> _gone = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StringBuilder> _unmapped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StringBuilder> _come = new(StringComparer.Ordinal);
    private readonly List<string> _limitsGone = [];
    private readonly List<string> _limitsCome = [];
    private readonly StringBuilder _chains = new();

    public bool IsEmpty => _gone.Count == 0 && _unmapped.Count == 0 && _come.Count == 0 && _limitsGone.Count == 0 && _limitsCome.Count == 0 && _chains.Length == 0;

    /// <summary>For chains of roles that must be there before an element leads to them.</summary>
    public StringBuilder Chains => _chains;

    /// <summary>Lets a session's devices through.</summary>
    /// <param name="session">The session.</param>
    /// <param name="octets">What its first lease's counters begin with, so that the kernel knows the whole.</param>
    /// <param name="now">The moment that its end is measured from.</param>
    public void Open(EnforcedSession session, (long Input, long Output) octets, TimeSpan now)
    {
        Limit(session);
        foreach (var lease in session.Leases)
        {
            Pass(session, lease, octets, now);
            Map(session, lease);
            octets = default;
        }
    }

    /// <summary>Makes the rates of a session.</summary>
    public void Limit(EnforcedSession session) => Limits(_limitsCome, session, "add limit inet nacgateway {0} {{ rate over {1} bytes/second burst {2} bytes; }}\n");

    /// <summary>Leads what one device of a session sends and gets to the session's rates and roles.</summary>
    public void Map(EnforcedSession session, EnforcedLease lease)
    {
        if (session.IsBounded || session.DownloadRate is not null)
        {
            Maps(_come, session, lease, lease.Address.ToString(), isWhole: true);
        }
    }

    /// <summary>Lets one device of a session through.</summary>
    public void Pass(EnforcedSession session, EnforcedLease lease, (long Input, long Output) octets, TimeSpan now)
    {
        var timeout = Timeout(session.ClosesAt, now);
        var address = lease.Address.ToString();
        if (session.IsBounded)
        {
            Next(_come, lease.IsIPv6 ? "bound6" : "bound4").Append(lease.Mac.ToLinkText()).Append(Between).Append(address).Append(timeout);
            Count(Next(_come, lease.IsIPv6 ? "up6" : "up4").Append(address), octets.Input).Append(timeout);
        }
        else
        {
            Count(Next(_come, lease.IsIPv6 ? "open6" : "open4").Append(lease.Mac.ToLinkText()).Append(Between).Append(address), octets.Input).Append(timeout);
        }

        Count(Next(_come, lease.IsIPv6 ? "down6" : "down4").Append(address), octets.Output).Append(timeout);
    }

    /// <summary>Stops letting a session's devices through.</summary>
    public void Close(EnforcedSession session)
    {
        foreach (var lease in session.Leases)
        {
            Close(session, lease);
        }

        Limits(_limitsGone, session, "delete limit inet nacgateway {0}\n");
    }

    /// <summary>Stops letting one device of a session through.</summary>
    public void Close(EnforcedSession session, EnforcedLease lease)
    {
        var address = lease.Address.ToString();
        Remove($"{(session.IsBounded ? "bound" : "open")}{lease.Family}", $"{lease.Mac.ToLinkText()} . {address}");
        Remove($"down{lease.Family}", address);
        if (session.IsBounded)
        {
            Remove($"up{lease.Family}", address);
        }

        Maps(_unmapped, session, lease, address, isWhole: false);
    }

    /// <summary>Takes an element out that may be there or not.</summary>
    public void Remove(string set, string key) => Add(_gone, set, key);

    /// <summary>All as text; empty where there is nothing to do.</summary>
    public string ToText(string before = "")
    {
        var text = new StringBuilder(before);
        text.Append(_chains);

        // An element that has timed out cannot be deleted, and one command that fails undoes all: added first, it is there for sure.
        foreach (var (set, keys) in _gone)
        {
            Command(text, "add", set, keys);
            Command(text, "delete", set, keys);
        }

        foreach (var (map, keys) in _unmapped)
        {
            Command(text, "delete", map, keys);
        }

        text.AppendJoin("", _limitsGone);
        text.AppendJoin("", _limitsCome);
        foreach (var (set, elements) in _come)
        {
            Command(text, "add", set, elements);
        }

        return text.ToString();
    }

    public static string Timeout(TimeSpan? closesAt, TimeSpan now)
    {
        if (closesAt is not { } end || end - now > s_longest)
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture, $" timeout {Math.Max(1, (long)(end - now).TotalSeconds)}s");
    }

    private static StringBuilder Count(StringBuilder element, long octets) =>
        octets == 0 ? element : element.Append(CultureInfo.InvariantCulture, $" counter packets 0 bytes {octets}");

    private static void Maps(SortedDictionary<string, StringBuilder> into, EnforcedSession session, EnforcedLease lease, string address, bool isWhole)
    {
        if (session.Roles is { } roles)
        {
            Add(into, $"roles{lease.Family}", isWhole ? $"{address} : jump {Names.RolesChain(roles)}" : address);
        }

        if (session.UploadRate is not null)
        {
            Add(into, $"upload{lease.Family}", isWhole ? $"{address} : \"{Names.UploadLimit(session.AcctSessionId)}\"" : address);
        }

        if (session.DownloadRate is not null)
        {
            Add(into, $"download{lease.Family}", isWhole ? $"{address} : \"{Names.DownloadLimit(session.AcctSessionId)}\"" : address);
        }
    }

    private static void Limits(List<string> into, EnforcedSession session, string command)
    {
        // Of the many that have no rate not even the names are made: each is a hash.
        if (session.UploadRate is { } up)
        {
            into.Add(Limit(command, Names.UploadLimit(session.AcctSessionId), up));
        }

        if (session.DownloadRate is { } down)
        {
            into.Add(Limit(command, Names.DownloadLimit(session.AcctSessionId), down));
        }
    }

    private static string Limit(string command, string name, long bits) => string.Format(CultureInfo.InvariantCulture, command, name, RateLimit.OctetsPerSecond(bits), RateLimit.Burst(bits));

    private static void Command(StringBuilder text, string verb, string set, StringBuilder elements) =>
        text.Append(verb).Append(" element inet nacgateway ").Append(set).Append(" { ").Append(elements).Append(" }\n");

    private static void Add(SortedDictionary<string, StringBuilder> into, string set, string element) => Next(into, set).Append(element);

    /// <summary>Where the next element of a set is written.</summary>
    private static StringBuilder Next(SortedDictionary<string, StringBuilder> into, string set)
    {
        if (into.TryGetValue(set, out var elements))
        {
            return elements.Append(", ");
        }

        return into[set] = new StringBuilder();
    }
}
