using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>
/// The VLAN that a server assigns (RFC 3580 section 3.31). The network in front of the gateway carries it; here it is only checked, and
/// kept for accounting. A tunnel of any other type is not served (RFC 2868 section 3.1: as if it were a Reject).
/// </summary>
internal static class VlanTunnel
{
    private const int LastVlan = 4094;

    /// <summary>The attributes of the tunnel that was chosen, in wire form; empty when the packet demands none.</summary>
    public static LimitProblem? Read(AttributeList attributes, out byte[] wire)
    {
        wire = [];
        var tunnels = new SortedDictionary<byte, Tunnel>();
        foreach (var attribute in attributes)
        {
            if (Collect(tunnels, attribute.Type, attribute.Value.Span) is { } problem)
            {
                return problem;
            }
        }

        // 1. Tags are alternatives (RFC 2868 section 3). A tag that names no type demands nothing.
        var demanded = tunnels.Where(pair => pair.Value.Type is not null).ToList();
        if (demanded.Count == 0)
        {
            return null;
        }

        var served = demanded.Where(pair => pair.Value is { Type: (uint)TunnelType.Vlan, Medium: null or (uint)TunnelMediumType.Ieee802 }).ToList();
        if (served.Count == 0)
        {
            return LimitProblem.Unsupported($"Tunnel-Type {demanded[0].Value.Type} is not served here, only VLAN (13) over IEEE-802 (6)");
        }

        // 2. Each must be a VLAN; the preferred one is kept, the lowest number first (RFC 2868 section 3.8).
        var shared = tunnels.GetValueOrDefault((byte)0)?.Group;
        if (served.Any(pair => !IsVlan(pair.Value.Group ?? shared)))
        {
            return LimitProblem.Invalid($"Tunnel-Private-Group-ID is not the number of a VLAN from 1 to {LastVlan}");
        }

        wire = Encode(attributes, served.MinBy(pair => pair.Value.Preference).Key);
        return null;
    }

    private static LimitProblem? Collect(SortedDictionary<byte, Tunnel> tunnels, byte type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case RadiusAttributeType.TunnelType or RadiusAttributeType.TunnelMediumType or RadiusAttributeType.TunnelPreference:
                if (!TaggedValue.TryReadInteger(value, out var tag, out var number))
                {
                    return LimitProblem.Invalid("Tunnel-Type, Tunnel-Medium-Type or Tunnel-Preference does not have 4 octets");
                }

                Of(tunnels, tag).Set(type, number);
                return null;
            case RadiusAttributeType.TunnelPrivateGroupId:
                TaggedValue.Split(value, out var groupTag, out var text);
                Of(tunnels, groupTag).Group ??= AttributeValue.TryReadText(text, out var group) ? group : string.Empty;
                return null;
            default:
                return null;
        }
    }

    private static Tunnel Of(SortedDictionary<byte, Tunnel> tunnels, byte tag) =>
        tunnels.TryGetValue(tag, out var tunnel) ? tunnel : tunnels[tag] = new Tunnel();

    private static bool IsVlan(string? group) =>
        ushort.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var vlan) && vlan is >= 1 and <= LastVlan;

    /// <summary>What belongs to the tag, or to none, and may stand in accounting: not the password and not the preference (RFC 2868 section 4).</summary>
    private static byte[] Encode(AttributeList attributes, byte chosen)
    {
        List<byte> wire = [];
        foreach (var attribute in attributes)
        {
            var value = attribute.Value.Span;
            var tag = value.IsEmpty || value[0] > TaggedValue.MaxTag ? (byte)0 : value[0];
            if ((tag == chosen || tag == 0) && attribute.Type is RadiusAttributeType.TunnelType or RadiusAttributeType.TunnelMediumType
                or RadiusAttributeType.TunnelClientEndpoint or RadiusAttributeType.TunnelServerEndpoint or RadiusAttributeType.TunnelPrivateGroupId
                or RadiusAttributeType.TunnelAssignmentId or RadiusAttributeType.TunnelClientAuthId or RadiusAttributeType.TunnelServerAuthId)
            {
                wire.Add(attribute.Type);
                wire.Add((byte)(value.Length + 2));
                wire.AddRange(value);
            }
        }

        return [.. wire];
    }

    private sealed class Tunnel
    {
        public uint? Type { get; private set; }

        public uint? Medium { get; private set; }

        public uint Preference { get; private set; } = uint.MaxValue;

        public string? Group { get; set; }

        public void Set(byte type, uint number)
        {
            switch (type)
            {
                case RadiusAttributeType.TunnelType:
                    Type ??= number;
                    break;
                case RadiusAttributeType.TunnelMediumType:
                    Medium ??= number;
                    break;
                default:
                    Preference = Math.Min(Preference, number);
                    break;
            }
        }
    }
}
