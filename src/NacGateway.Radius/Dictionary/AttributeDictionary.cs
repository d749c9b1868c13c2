using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Radius.Dictionary;

/// <summary>
/// Names, numbers and types of attributes, read from text files in the format of the field (<c>ATTRIBUTE</c>, <c>VALUE</c>,
/// <c>VENDOR</c>, <c>BEGIN-VENDOR</c>, <c>BEGIN-TLV</c>, <c>$INCLUDE</c>). Immutable, safe for concurrent use.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "Dictionary is the field's word for it.")]
public sealed class AttributeDictionary
{
    private static readonly Lazy<AttributeDictionary> BuiltIn = new(() => Read("dictionary", EmbeddedDictionary.Open, basis: null));

    private readonly Dictionary<string, AttributeDefinition> _byName;
    private readonly Dictionary<string, AttributeDefinition> _byOid;
    private readonly Dictionary<uint, string> _vendors;

    private AttributeDictionary(DictionaryTables tables)
    {
        _byName = tables.ByName;
        _byOid = tables.ByOid;
        _vendors = tables.VendorNames;
    }

    /// <summary>The dictionary that comes with this library: the RADIUS registry and the vendors that network access control meets.</summary>
    public static AttributeDictionary Default => BuiltIn.Value;

    /// <summary>All attributes, in no order.</summary>
    public IReadOnlyCollection<AttributeDefinition> Definitions => _byName.Values;

    /// <summary>Reads a dictionary file and what it includes; an included file is looked for beside the one that names it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="basis">What the file adds to; null for an empty dictionary.</param>
    /// <returns>The dictionary; the basis is not changed.</returns>
    /// <exception cref="DictionaryFormatException">A line cannot be understood; the message names file and line.</exception>
    /// <exception cref="IOException">The file itself cannot be read.</exception>
    public static AttributeDictionary Load(string path, AttributeDictionary? basis = null) => Read(path, File.ReadAllText, basis);

    /// <summary>Reads a dictionary from text, which may include nothing.</summary>
    /// <param name="fileName">What error messages call it.</param>
    /// <param name="text">The text.</param>
    /// <param name="basis">What the text adds to; null for an empty dictionary.</param>
    /// <returns>The dictionary.</returns>
    /// <exception cref="DictionaryFormatException">A line cannot be understood; the message names file and line.</exception>
    public static AttributeDictionary Parse(string fileName, string text, AttributeDictionary? basis = null) =>
        Read(fileName, name => string.Equals(name, fileName, StringComparison.Ordinal) ? text : throw new FileNotFoundException("Text given directly cannot include files."), basis);

    /// <summary>Finds an attribute by name, without regard to case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="definition">The attribute, or null.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out AttributeDefinition? definition) => _byName.TryGetValue(name, out definition);

    /// <summary>Finds an attribute by its numbers.</summary>
    /// <param name="path">The numbers from the packet inwards, see <see cref="AttributeDefinition.Path"/>.</param>
    /// <param name="definition">The attribute, or null.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(IEnumerable<uint> path, [NotNullWhen(true)] out AttributeDefinition? definition) => _byOid.TryGetValue(AttributeDefinition.FormatOid(path), out definition);

    /// <summary>Finds the name of a vendor.</summary>
    /// <param name="vendorId">Private enterprise number.</param>
    /// <param name="name">The name, or null.</param>
    /// <returns>Whether the dictionary knows the vendor.</returns>
    public bool TryGetVendorName(uint vendorId, [NotNullWhen(true)] out string? name) => _vendors.TryGetValue(vendorId, out name);

    internal static AttributeDictionary Read(string name, Func<string, string> open, AttributeDictionary? basis)
    {
        var tables = new DictionaryTables();
        if (basis is not null)
        {
            tables.CopyFrom(basis._byName.Values, basis._byOid.Values, basis._vendors);
        }

        new DictionaryParser(tables, open).ReadFile(name);
        return new AttributeDictionary(tables);
    }
}
