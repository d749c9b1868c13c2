using System.Buffers.Binary;
using System.Net;
using System.Text;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>What the typed accessors share: reading ignores values of the wrong size, setting replaces.</summary>
internal static class AttributeAccess
{
    public static string? GetText(RadiusPacket packet, byte type) =>
        packet.Attributes.TryGetFirst(type, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null;

    public static void SetText(RadiusPacket packet, byte type, string? value) =>
        SetOctets(packet, type, string.IsNullOrEmpty(value) ? null : Encoding.UTF8.GetBytes(value));

    public static ReadOnlyMemory<byte>? GetOctets(RadiusPacket packet, byte type)
    {
        if (packet.Attributes.TryGetFirst(type, out ReadOnlySpan<byte> value))
        {
            return value.ToArray();
        }

        // Not in one conditional expression: there, null would become an array, and then no octets instead of nothing.
        return null;
    }

    public static void SetOctets(RadiusPacket packet, byte type, ReadOnlyMemory<byte>? value)
    {
        packet.Attributes.RemoveAll(type);
        if (value is { IsEmpty: false } octets)
        {
            packet.Attributes.Add(type, octets.Span);
        }
    }

    public static uint? GetInteger(RadiusPacket packet, byte type) =>
        packet.Attributes.TryGetFirst(type, out ReadOnlySpan<byte> value) && value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    public static void SetInteger(RadiusPacket packet, byte type, uint? value)
    {
        packet.Attributes.RemoveAll(type);
        if (value is { } number)
        {
            BinaryPrimitives.WriteUInt32BigEndian(packet.Attributes.Reserve(type, sizeof(uint)), number);
        }
    }

    public static IPAddress? GetAddress(RadiusPacket packet, byte type, int length) =>
        packet.Attributes.TryGetFirst(type, out ReadOnlySpan<byte> value) && value.Length == length ? new IPAddress(value) : null;

    public static void SetAddress(RadiusPacket packet, byte type, int length, IPAddress? value)
    {
        if (value is null)
        {
            packet.Attributes.RemoveAll(type);
            return;
        }

        Span<byte> octets = stackalloc byte[16];
        if (!value.TryWriteBytes(octets, out int written) || written != length)
        {
            throw new ArgumentException($"Attribute {type} takes an address of {length} octets, not {value}.", nameof(value));
        }

        packet.Attributes.RemoveAll(type);
        packet.Attributes.Add(type, octets[..length]);
    }

    public static IReadOnlyList<string> GetTexts(RadiusPacket packet, byte type)
    {
        var found = new List<string>();
        foreach (RadiusAttribute attribute in packet.Attributes)
        {
            if (attribute.Type == type)
            {
                found.Add(Encoding.UTF8.GetString(attribute.Value.Span));
            }
        }

        return found;
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> GetAllOctets(RadiusPacket packet, byte type)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        foreach (RadiusAttribute attribute in packet.Attributes)
        {
            if (attribute.Type == type)
            {
                found.Add(attribute.Value.ToArray());
            }
        }

        return found;
    }
}
