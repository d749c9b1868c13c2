using NacGateway.Core.Policy.Conditions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Gathers what a record has kept of a packet as attributes once more, and what it has not that a rule could have looked at.</summary>
internal sealed class KeptAttributes
{
    /// <summary>Octets before a vendor's value: type, length, vendor, and the vendor's own type and length in their longest form.</summary>
    private const int LongestHeader = 16;

    private readonly List<string> _withheld = [];
    private AttributeList? _list = new();

    /// <summary>The attributes; null where they are more than a packet holds, as a vendor's may be, each of which is here in one of its own.</summary>
    public AttributeList? List => _list;

    public IReadOnlyList<string> Withheld => _withheld;

    public void Add(uint? vendor, byte type, ReadOnlySpan<byte> value)
    {
        if (_list is null || _list.Encoded.Length + value.Length + LongestHeader > AttributeList.MaxEncodedLength)
        {
            _list = null;
        }
        else if (vendor is { } id)
        {
            _list.AddVendor(id, type, value);
        }
        else
        {
            _list.Add(type, value);
        }
    }

    /// <summary>Notes one that is not there. No rule can look at what is secret, or not in the dictionary, and none judges by what is for servers alone.</summary>
    public void Withhold(AttributeDefinition? attribute)
    {
        if (attribute is not null && ReplyCondition.CanRead(attribute)
            && attribute.Path is not [RadiusAttributeType.State or RadiusAttributeType.MessageAuthenticator or RadiusAttributeType.EapMessage])
        {
            _withheld.Add(attribute.Name);
        }
    }
}
