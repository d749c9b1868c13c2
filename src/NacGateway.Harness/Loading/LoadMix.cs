using System.Globalization;

namespace NacGateway.Harness.Loading;

/// <summary>
/// Deals out kinds of requests by weight, evenly mixed and without chance: of 100 requests at 70 to 30 each stretch of ten has seven
/// and three. Not safe for concurrent use.
/// </summary>
internal sealed class LoadMix
{
    private const int MostWeight = 1000;
    private readonly (LoadKind Kind, int Weight)[] _weights;
    private readonly int[] _credit;
    private readonly int _total;

    private LoadMix((LoadKind Kind, int Weight)[] weights)
    {
        _weights = weights;
        _credit = new int[weights.Length];
        _total = weights.Sum(entry => entry.Weight);
    }

    public IEnumerable<LoadKind> Kinds => _weights.Select(entry => entry.Kind);

    /// <summary>Reads <c>pap=70,chap=10,mschapv2=10,acct=10</c>; a name alone has weight 1.</summary>
    /// <exception cref="UsageException">A name or weight is wrong, or all weights are 0.</exception>
    public static LoadMix Parse(string text)
    {
        var weights = new Dictionary<LoadKind, int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var weight = 1;
            if (KindOf(name) is not { } kind || (equals >= 0 && !int.TryParse(part.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out weight)) || weight > MostWeight)
            {
                throw new UsageException($"--mix: '{part}' is no pap, chap, mschapv2 or acct with a weight of 0 to {MostWeight}, such as pap=70,chap=10,mschapv2=10,acct=10.");
            }

            if (!weights.TryAdd(kind, weight))
            {
                throw new UsageException($"--mix: {name} stands there twice. Give each kind once.");
            }
        }

        (LoadKind, int)[] used = [.. weights.Where(entry => entry.Value > 0).Select(entry => (entry.Key, entry.Value))];
        return used.Length != 0 ? new LoadMix(used) : throw new UsageException("--mix: nothing has a weight above 0, so nothing would be sent. Give one, such as pap=1.");
    }

    /// <summary>The kind of the next request: each kind's credit grows by its weight, and the richest pays for the request.</summary>
    public LoadKind Next()
    {
        var richest = 0;
        for (var i = 0; i < _weights.Length; i++)
        {
            _credit[i] += _weights[i].Weight;
            richest = _credit[i] > _credit[richest] ? i : richest;
        }

        _credit[richest] -= _total;
        return _weights[richest].Kind;
    }

    private static LoadKind? KindOf(string name) => name.ToUpperInvariant() switch
    {
        "PAP" => LoadKind.Pap,
        "CHAP" => LoadKind.Chap,
        "MSCHAPV2" => LoadKind.MsChapV2,
        "ACCT" => LoadKind.Accounting,
        _ => null,
    };
}
