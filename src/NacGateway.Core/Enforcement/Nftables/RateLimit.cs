namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>A rate in bits per second as a token bucket of the kernel.</summary>
internal static class RateLimit
{
    /// <summary>The kernel hands on up to 64 KB as one packet, and one that is larger than the bucket would never pass.</summary>
    private const long SmallestBurst = 96 * 1024;

    /// <summary>The kernel takes the bucket's size as 32 bits.</summary>
    private const long LargestBurst = uint.MaxValue;

    public static long OctetsPerSecond(long bits) => Math.Max(1, bits / 8);

    /// <summary>An eighth of a second of the rate: short enough to be fair to others, long enough that TCP keeps the line full.</summary>
    public static long Burst(long bits) => Math.Clamp(OctetsPerSecond(bits) / 8, SmallestBurst, LargestBurst);
}
