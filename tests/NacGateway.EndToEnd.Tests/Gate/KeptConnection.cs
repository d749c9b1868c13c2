using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NacGateway.EndToEnd.Tests.Gate;

/// <summary>One TCP connection that asks again and again; it fails rather than open a second.</summary>
internal sealed class KeptConnection(Uri server) : IDisposable
{
    private readonly TcpClient _client = new(server.Host, server.Port);

    /// <summary>Asks for / and returns the status, with the answer read to its end.</summary>
    public async Task<int> GetStatusAsync(CancellationToken cancellationToken)
    {
        var stream = _client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HEAD / HTTP/1.1\r\nHost: site.test\r\nUser-Agent: kept\r\n\r\n"), cancellationToken);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var got = await stream.ReadAsync(buffer, cancellationToken);
            answer.Append(got > 0
                ? Encoding.ASCII.GetString(buffer, 0, got)
                : throw new InvalidOperationException($"The gate closed the connection after: {answer}"));
        }

        return int.Parse(answer.ToString(9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _client.Dispose();
}
