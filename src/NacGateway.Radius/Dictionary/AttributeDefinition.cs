using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>What a dictionary says about one attribute. Immutable once its dictionary has been read; safe for concurrent use.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "Attribute is the word of RFC 2865.")]
public sealed class AttributeDefinition
{
    private readonly Dictionary<uint, string> _valueNames = [];
    private readonly Dictionary<string, uint> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name, unique in its dictionary, compared without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The numbers from the packet inwards: <c>[27]</c> for Session-Timeout, <c>[241, 3]</c> for an extended attribute,
    /// <c>[26, 9, 1]</c> for type 1 of vendor 9, <c>[241, 26, 9, 1]</c> for one in an extended vendor space, more inside a TLV.
    /// </summary>
    public required IReadOnlyList<uint> Path { get; init; }

    /// <summary>Data type (RFC 8044 section 3).</summary>
    public required RadiusDataType Type { get; init; }

    /// <summary>Octets that a value must have, or 0 where that is open.</summary>
    public int FixedLength { get; init; }

    /// <summary>Whether the value starts with a tag (RFC 2868 section 3).</summary>
    public bool HasTag { get; init; }

    /// <summary>How the value is hidden on the wire.</summary>
    public AttributeEncryption Encryption { get; init; }

    /// <summary>Whether the value is never printed: it is hidden on the wire, or lets a password be guessed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the attribute is for configuration only: its number does not fit a packet.</summary>
    public bool IsInternal => Path[0] > byte.MaxValue;

    /// <summary>The numbers with dots between, as dictionary files write them.</summary>
    public string Oid => FormatOid(Path);

    /// <summary>Names of values by number; where two names share a number, the first.</summary>
    public IReadOnlyDictionary<uint, string> ValueNames => _valueNames;

    /// <summary>Finds the number of a named value, without regard to case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its number.</param>
    /// <returns>Whether the attribute has such a value.</returns>
    public bool TryGetValue(string name, out uint number) => _values.TryGetValue(name, out number);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Oid})";

    internal static string FormatOid(IEnumerable<uint> path) => string.Join('.', path.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Adds a named value while the dictionary is read; false when the name stands for another number already.</summary>
    internal bool AddValue(string name, uint number)
    {
        _valueNames.TryAdd(number, name);
        return _values.TryAdd(name, number) || _values[name] == number;
    }

    /// <summary>Hands all named values on, aliases included.</summary>
    internal void CopyValuesTo(AttributeDefinition other)
    {
        foreach ((uint number, string name) in _valueNames)
        {
            other._valueNames.Add(number, name);
        }

        foreach ((string name, uint number) in _values)
        {
            other._values.Add(name, number);
        }
    }
}
