using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa;

/// <summary>A check item such as <c>NAS-Identifier == "lobby"</c>. An attribute that the request lacks satisfies neither == nor !=.</summary>
internal sealed record RequestCondition(AttributeAssignment Item)
{
    private const int VendorPathLength = 3;

    /// <summary>Whether the attribute's octets can be compared as they stand in a packet.</summary>
    public static bool CanCompare(AttributeDefinition definition) =>
        !definition.IsInternal && !definition.HasTag && definition.Encryption == AttributeEncryption.None
        && (definition.Path.Count == 1 || (definition.Path.Count == VendorPathLength && definition.Path[0] == RadiusAttributeType.VendorSpecific));

    public bool Matches(AttributeList request)
    {
        var wanted = Item.Operator == AttributeOperator.Equal;
        var path = Item.Definition.Path;
        if (path.Count == VendorPathLength)
        {
            return request.TryGetVendor(path[1], (byte)path[2], out var value) && value.SequenceEqual(Item.Value.Span) == wanted;
        }

        foreach (var attribute in request)
        {
            if (attribute.Type == path[0] && attribute.Value.Span.SequenceEqual(Item.Value.Span) == wanted)
            {
                return true;
            }
        }

        return false;
    }
}
