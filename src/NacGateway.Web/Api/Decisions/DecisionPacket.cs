using NacGateway.Core.Authentication;

namespace NacGateway.Web.Api.Decisions;

/// <summary>A packet that was said with a server, without secrets.</summary>
/// <param name="Name">Such as Access-Request.</param>
/// <param name="Octets">Its length on the wire.</param>
/// <param name="LeftOut">Attributes that had no room in the record.</param>
/// <param name="Attributes">Its attributes in wire order.</param>
public sealed record DecisionPacket(string Name, int Octets, int LeftOut, IReadOnlyList<DecisionField> Attributes)
{
    internal static DecisionPacket? Of(ExchangePacket? packet) => packet is null ? null : new(
        packet.Name,
        packet.Octets,
        packet.LeftOut,
        [.. packet.Attributes.Select(field => new DecisionField(field.Name, field.Value, field.Source, field.IsHidden))]);
}
