using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>Finds standard attributes that nobody here knows. Those of vendors never count (RFC 2865 section 5.26).</summary>
internal static class UnknownAttributes
{
    private const byte FirstExtended = 241;

    /// <summary>Why the Accept has to count as a Reject where unknown attributes do (RFC 5080 section 2.5); null when all are known.</summary>
    public static string? Find(RadiusPacket accept)
    {
        foreach (var attribute in accept.Attributes)
        {
            uint[] path = attribute.Type >= FirstExtended && attribute.Value.Length > 0 ? [attribute.Type, attribute.Value.Span[0]] : [attribute.Type];
            if (attribute.Type != RadiusAttributeType.VendorSpecific && !AttributeDictionary.Default.TryGet(path, out _))
            {
                return $"it has attribute {string.Join('.', path)}, which is not known here (Radius:RejectUnknownAttributes)";
            }
        }

        return null;
    }
}
