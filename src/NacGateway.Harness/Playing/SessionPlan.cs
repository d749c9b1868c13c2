using System.Globalization;
using System.Net;
using NacGateway.Harness.Input;

namespace NacGateway.Harness.Playing;

/// <summary>What one session will be if nobody interferes, drawn from the seed. Immutable.</summary>
internal sealed record SessionPlan
{
    private const int FirstNetwork = 10 << 24;

    public required HarnessUser User { get; init; }

    /// <summary>Acct-Session-Id.</summary>
    public required string Id { get; init; }

    /// <summary>NAS-Port.</summary>
    public required uint Port { get; init; }

    /// <summary>Calling-Station-Id, as RFC 3580 section 3.21 writes it.</summary>
    public required string Station { get; init; }

    /// <summary>Framed-IP-Address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>From the start of the play to the sign-in.</summary>
    public required TimeSpan Arrival { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>How it ends when its length is over.</summary>
    public required TerminateCause Cause { get; init; }

    public required SessionTraffic Traffic { get; init; }

    /// <summary>The plan of one session; each has chance of its own, so that more sessions do not change those before them.</summary>
    public static SessionPlan Of(NasSettings settings, int index)
    {
        var chance = new Random(HashOf(settings.Seed, index));
        var arrival = settings.Spread * chance.NextDouble();
        var length = settings.Length * (0.2 + (chance.NextDouble() * 0.5));
        var cause = chance.Next(10) switch
        {
            0 => TerminateCause.LostCarrier,
            1 or 2 => TerminateCause.IdleTimeout,
            _ => TerminateCause.UserRequest,
        };
        var traffic = new SessionTraffic(settings.Rate ?? chance.Next(1_000, 100_000), settings.Rate ?? chance.Next(10_000, 2_000_000));
        Span<byte> address = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(address, FirstNetwork + index + 1);
        return new SessionPlan
        {
            User = settings.Users[index % settings.Users.Count],
            Id = string.Create(CultureInfo.InvariantCulture, $"{settings.Seed:x8}-{index + 1:x6}"),
            Port = (uint)index + 1,
            Station = string.Create(CultureInfo.InvariantCulture, $"02-{chance.Next(256):X2}-{chance.Next(256):X2}-{(index >> 16) & 255:X2}-{(index >> 8) & 255:X2}-{index & 255:X2}"),
            Address = new IPAddress(address),
            Arrival = arrival,
            Length = settings.SessionLength ?? length,
            Cause = cause,
            Traffic = traffic,
        };
    }

    /// <summary>Not HashCode, which differs from run to run.</summary>
    private static int HashOf(int seed, int index)
    {
        var mixed = unchecked(((ulong)(uint)seed << 32 | (uint)index) * 0x9E3779B97F4A7C15);
        return unchecked((int)(mixed >> 33));
    }
}
