using System.Net.Sockets;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>How fast octets come.</summary>
internal static class Streams
{
    /// <summary>Bits per second that are heard for so long.</summary>
    public static async Task<double> DrainAsync(Socket connection, TimeSpan time, CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        var began = TimeProvider.System.GetTimestamp();
        long octets = 0;
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            octets += await HearAsync(connection, buffer, cancellationToken);
        }

        return octets * 8 / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Bits per second in the middle one of three windows, when the bucket's first filling has gone: a machine that is busy delays a window, and fills the next.</summary>
    public static async Task<double> RateAsync(Socket connection, CancellationToken cancellationToken)
    {
        await DrainAsync(connection, TimeSpan.FromSeconds(1), cancellationToken);
        List<double> windows = [];
        for (var window = 0; window < 3; window++)
        {
            windows.Add(await DrainAsync(connection, TimeSpan.FromSeconds(2), cancellationToken));
        }

        return windows.Order().ElementAt(1);
    }

    /// <summary>What comes next; throws when nothing does for ten seconds.</summary>
    public static async Task<int> HearAsync(Socket connection, byte[] buffer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        var octets = await connection.ReceiveAsync(buffer, limit.Token);
        Assert.NotEqual(0, octets);
        return octets;
    }
}
