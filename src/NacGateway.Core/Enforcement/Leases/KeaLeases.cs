using System.Globalization;
using System.Net;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Reads a file of Kea's memfile: a row of names, then a row for each change; the last one of an address counts. Columns are found by their
/// names, for each release adds some. One object for one file.
/// </summary>
internal sealed class KeaLeases
{
    private const uint Infinite = uint.MaxValue;

    /// <summary>State of a lease that is in use; others are declined, run out, released.</summary>
    private const string InUse = "0";

    private Dictionary<string, int>? _columns;

    public bool TryRead(string line, out WrittenLease lease)
    {
        lease = default;

        // A comma inside a column is written as &#x2c, so that every comma parts two.
        var cells = line.Split(',', 64);
        if (_columns is null)
        {
            _columns = Names(cells);
            return false;
        }

        // Prefixes are delegated to routers; only addresses are devices'.
        if (!IPAddress.TryParse(Cell(cells, "address"), out var address) || !LeaseText.TryReadInstant(Cell(cells, "expire"), out var expires) || Cell(cells, "lease_type") is not ("" or "0"))
        {
            return false;
        }

        var isTaken = Cell(cells, "state") is not ("" or InUse) || !uint.TryParse(Cell(cells, "valid_lifetime"), NumberStyles.None, CultureInfo.InvariantCulture, out var lifetime) || lifetime == 0;
        var known = MacAddress.TryParse(Cell(cells, "hwaddr"), out var mac) ? mac : (MacAddress?)null;
        var guess = known is null ? Duid.MacOf(Cell(cells, "duid")) : null;
        var isInfinite = string.Equals(Cell(cells, "valid_lifetime"), Infinite.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        lease = new WrittenLease(ClientKey.From(address), isTaken ? null : known ?? guess, isInfinite ? null : expires, IsGuess: guess is not null);
        return true;
    }

    private static Dictionary<string, int> Names(string[] cells)
    {
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        for (var i = 0; i < cells.Length; i++)
        {
            names[cells[i].Trim()] = i;
        }

        return names;
    }

    private string Cell(string[] cells, string name) => _columns!.TryGetValue(name, out var at) && at < cells.Length ? cells[at] : "";
}
