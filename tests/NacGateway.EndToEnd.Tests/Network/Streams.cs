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
