using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>HTTP/1.1 as octets on a socket: sends what it is told, and reads no more than it is asked for.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public static async Task<RawConnection> OpenAsync(IPEndPoint to, IPAddress from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(to, cancellationToken);
        return new RawConnection(socket);
    }

    public Task WriteAsync(string text, CancellationToken cancellationToken) => WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    public Task WriteAsync(byte[] octets, CancellationToken cancellationToken) => _stream.WriteAsync(octets, cancellationToken).AsTask();

    /// <summary>Says that nothing more will be sent, and goes on reading.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset, as a process that dies does.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public async Task<RawResponse> AskAsync(string request, CancellationToken cancellationToken)
    {
        await WriteAsync(request, cancellationToken);
        return await ReadResponseAsync(cancellationToken, request.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    /// <summary>Up to and with the empty line; null when the other side has ended before the first octet.</summary>
    public async Task<string?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (await FillAsync(cancellationToken) == 0)
            {
                return _filled == 0 ? null : throw new IOException($"The head is not whole: {Take(_filled)}");
            }
        }

        return Take(end + 4);
    }

    public async Task<RawResponse> ReadResponseAsync(CancellationToken cancellationToken, bool withoutBody = false)
    {
        var head = await ReadHeadAsync(cancellationToken) ?? throw new IOException("The connection ended before an answer.");
        var status = int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        if (withoutBody || status is 101 or 204 or 304)
        {
            return new RawResponse(status, head, "");
        }

        return new RawResponse(status, head, RawResponse.Field(head, "Content-Length") is null && RawResponse.Field(head, "Transfer-Encoding") is null
            ? await ReadToEndAsync(cancellationToken)
            : await ReadBodyAsync(head, cancellationToken));
    }

    /// <summary>The body that a head announces, chunks put together; empty when it announces none.</summary>
    public async Task<string> ReadBodyAsync(string head, CancellationToken cancellationToken)
    {
        if (RawResponse.Field(head, "Content-Length") is { } length)
        {
            return await ReadAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }

        var body = new StringBuilder();
        if (RawResponse.Field(head, "Transfer-Encoding") is not null)
        {
            int size;
            do
            {
                size = int.Parse((await ReadLineAsync(cancellationToken)).AsSpan().TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                body.Append(await ReadAsync(size, cancellationToken));
                await ReadLineAsync(cancellationToken);
            }
            while (size != 0);
        }

        return body.ToString();
    }

    public async Task<string> ReadAsync(int octets, CancellationToken cancellationToken)
    {
        while (_filled < octets)
        {
            if (await FillAsync(cancellationToken) == 0)
            {
                throw new IOException($"{octets} octets were expected, {_filled} came: {Take(_filled)}");
            }
        }

        return Take(octets);
    }

    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken) != 0)
        {
        }

        return Take(_filled);
    }

    /// <summary>Waits until the other side has ended or reset the connection; what still came is dropped.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadToEndAsync(cancellationToken);
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8)) < 0)
        {
            if (await FillAsync(cancellationToken) == 0)
            {
                throw new IOException("The line is not whole.");
            }
        }

        return Take(end + 2);
    }

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
        _filled += read;
        return read;
    }

    private string Take(int octets)
    {
        var text = Encoding.Latin1.GetString(_buffer, 0, octets);
        _buffer.AsSpan(octets, _filled - octets).CopyTo(_buffer);
        _filled -= octets;
        return text;
    }
}
