namespace NacGateway.Radius.Dictionary;

/// <summary>What a parser fills and a dictionary then keeps.</summary>
internal sealed class DictionaryTables
{
    public Dictionary<string, AttributeDefinition> ByName { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, AttributeDefinition> ByOid { get; } = new(StringComparer.Ordinal);

    public Dictionary<uint, string> VendorNames { get; } = [];

    public Dictionary<string, uint> Vendors { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void CopyFrom(IEnumerable<AttributeDefinition> byName, IEnumerable<AttributeDefinition> byOid, IReadOnlyDictionary<uint, string> vendors)
    {
        // Copies, because VALUE lines of the new files add to definitions, and the basis must stay as it is.
        foreach (AttributeDefinition definition in byName)
        {
            var copy = new AttributeDefinition
            {
                Name = definition.Name,
                Path = definition.Path,
                Type = definition.Type,
                FixedLength = definition.FixedLength,
                HasTag = definition.HasTag,
                Encryption = definition.Encryption,
                IsSecret = definition.IsSecret,
            };
            definition.CopyValuesTo(copy);
            ByName.Add(copy.Name, copy);
        }

        foreach (AttributeDefinition definition in byOid)
        {
            ByOid.Add(definition.Oid, ByName[definition.Name]);
        }

        foreach ((uint id, string name) in vendors)
        {
            VendorNames.Add(id, name);
            Vendors.TryAdd(name, id);
        }
    }
}
