using System.Globalization;
using System.Text;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Collects changes of elements, and writes them as few commands: what goes first, then what comes. One command with a thousand elements costs
/// a fraction of a thousand commands.
/// </summary>
internal sealed class ElementBatch
{
    /// <summary>Beyond all that a timeout of nft may say, and no session's business.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);

    private readonly SortedDictionary<string, List<string>> _gone = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _unmapped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _come = new(StringComparer.Ordinal);
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
    public void Map(EnforcedSession session, EnforcedLease lease) => Maps(_come, session, lease, lease.Address.ToString(), isWhole: true);

    /// <summary>Lets one device of a session through.</summary>
    public void Pass(EnforcedSession session, EnforcedLease lease, (long Input, long Output) octets, TimeSpan now)
    {
        var timeout = Timeout(session.ClosesAt, now);
        var address = lease.Address.ToString();
        var pair = $"{lease.Mac.ToLinkText()} . {address}";
        if (session.IsBounded)
        {
            Add(_come, $"bound{lease.Family}", pair + timeout);
            Add(_come, $"up{lease.Family}", address + Counter(octets.Input) + timeout);
        }
        else
        {
            Add(_come, $"open{lease.Family}", pair + Counter(octets.Input) + timeout);
        }

        Add(_come, $"down{lease.Family}", address + Counter(octets.Output) + timeout);
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

    private static string Counter(long octets) => octets == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" counter packets 0 bytes {octets}");

    private static void Maps(SortedDictionary<string, List<string>> into, EnforcedSession session, EnforcedLease lease, string address, bool isWhole)
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

    private static void Command(StringBuilder text, string verb, string set, List<string> elements) =>
        text.Append(verb).Append(" element inet nacgateway ").Append(set).Append(" { ").AppendJoin(", ", elements).Append(" }\n");

    private static void Add(SortedDictionary<string, List<string>> into, string set, string element)
    {
        if (!into.TryGetValue(set, out var elements))
        {
            into[set] = elements = [];
        }

        elements.Add(element);
    }
}
