namespace NacGateway.Core.Sessions;

/// <summary>Several octet strings in one column, each with its length in one octet in front: what an attribute can hold fits.</summary>
internal static class PackedOctets
{
    public static byte[]? Pack(IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var packed = new byte[values.Sum(value => value.Length + 1)];
        var offset = 0;
        foreach (var value in values)
        {
            packed[offset] = checked((byte)value.Length);
            value.Span.CopyTo(packed.AsSpan(offset + 1));
            offset += value.Length + 1;
        }

        return packed;
    }

    /// <summary>The values again; what a damaged column does not hold in full is left out.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Unpack(byte[]? packed)
    {
        List<ReadOnlyMemory<byte>> values = [];
        for (var offset = 0; packed is not null && offset < packed.Length && offset + 1 + packed[offset] <= packed.Length; offset += packed[offset] + 1)
        {
            values.Add(packed.AsMemory(offset + 1, packed[offset]));
        }

        return values;
    }
}
