using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>A recorded packet.</summary>
public sealed record ExchangePacket
{
    /// <summary>Its code.</summary>
    public required RadiusCode Code { get; init; }

    /// <summary>The name that the RFCs give the code, such as "Access-Request".</summary>
    public required string Name { get; init; }

    /// <summary>Its identifier.</summary>
    public required byte Identifier { get; init; }

    /// <summary>Octets that it took on the wire.</summary>
    public required int Octets { get; init; }

    /// <summary>Its attributes in wire order.</summary>
    public required IReadOnlyList<ExchangeField> Attributes { get; init; }

    /// <summary>Attributes that had no room in the record.</summary>
    public int LeftOut { get; init; }

    /// <summary>The attributes whose octets were kept, to be judged once more; null where they are more than a packet holds.</summary>
    internal AttributeList? Kept { get; init; }

    /// <summary>Names of those whose octets were not kept, though a rule can look at them.</summary>
    internal IReadOnlyList<string> Withheld { get; init; } = [];
}
