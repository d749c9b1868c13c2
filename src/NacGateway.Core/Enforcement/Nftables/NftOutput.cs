namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>How libnftables writes what it lists (nftables/libnftables.h).</summary>
[Flags]
internal enum NftOutput : uint
{
    None = 0,

    /// <summary>Without counters and other things that change by themselves.</summary>
    Stateless = 1 << 2,

    Json = 1 << 4,
    NumericProtocol = 1 << 7,
    NumericPriority = 1 << 8,
    NumericSymbol = 1 << 9,
    NumericTime = 1 << 10,

    /// <summary>Without the elements of sets and maps.</summary>
    Terse = 1 << 11,

    /// <summary>Numbers, never names of this machine's files.</summary>
    Numeric = NumericProtocol | NumericPriority | NumericSymbol | NumericTime,
}
