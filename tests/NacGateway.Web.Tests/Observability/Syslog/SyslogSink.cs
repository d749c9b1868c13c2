using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace NacGateway.Web.Tests.Observability.Syslog;

/// <summary>A receiver of the tests' own that takes messages apart by their lengths; it can be slow, and it can hang up.</summary>
internal sealed class SyslogSink : IAsyncDisposable
{
    private readonly Channel<SyslogRead> _messages = Channel.CreateUnbounded<SyslogRead>();
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _life = new();
    private readonly Socket _socket;
    private readonly X509Certificate2? _certificate;
    private readonly Task _run;
    private volatile Socket? _connection;

    private SyslogSink(Socket socket, X509Certificate2? certificate, bool reads)
    {
        (_socket, _certificate) = (socket, certificate);
        Reads = reads;
        _run = socket.SocketType == SocketType.Dgram ? DatagramsAsync() : ConnectionsAsync();
    }

    public string Address => ((IPEndPoint)_socket.LocalEndPoint!).ToString();

    /// <summary>Whether it reads from connections made from now on.</summary>
    public bool Reads { get; set; }

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    public static SyslogSink Udp() => new(Bind(SocketType.Dgram, ProtocolType.Udp, 0), null, reads: true);

    public static SyslogSink Tcp(bool reads = true, int port = 0) => new(Bind(SocketType.Stream, ProtocolType.Tcp, port), null, reads);

    public static SyslogSink Tls(X509Certificate2 certificate) => new(Bind(SocketType.Stream, ProtocolType.Tcp, 0), certificate, reads: true);

    public async Task<SyslogRead> NextAsync(CancellationToken cancellationToken) => await _messages.Reader.ReadAsync(cancellationToken);

    public async Task<SyslogRead> NextAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await NextAsync(cancellationToken) is { } message && message.Id == id)
            {
                return message;
            }
        }
    }

    /// <summary>Breaks the connection that is there.</summary>
    public void HangUp()
    {
        _connection?.Close(0);
        _hungUp.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        _connection?.Dispose();
        _socket.Dispose();
        await _run;
        _life.Dispose();
    }

    private static Socket Bind(SocketType type, ProtocolType protocol, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        if (type == SocketType.Stream)
        {
            // Small, and taken over by its connections: a receiver that does not read is full at once.
            socket.ReceiveBufferSize = 4096;
        }

        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        if (type == SocketType.Stream)
        {
            socket.Listen();
        }

        return socket;
    }

    private async Task DatagramsAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _life.Token);
                _messages.Writer.TryWrite(SyslogRead.Parse(buffer[..length]));
            }
        }
        catch (Exception exception)
        {
            _messages.Writer.TryComplete(exception is OperationCanceledException or ObjectDisposedException ? null : exception);
        }
    }

    private async Task ConnectionsAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _socket.AcceptAsync(_life.Token);
                _connection = connection;
                Connections++;
                if (Reads)
                {
                    await ReadAsync(connection);
                }
                else
                {
                    await _hungUp.Task.WaitAsync(_life.Token);
                }
            }
        }
        catch (Exception exception)
        {
            _messages.Writer.TryComplete(exception is OperationCanceledException or ObjectDisposedException or SocketException ? null : exception);
        }
    }

    private async Task ReadAsync(Socket connection)
    {
        try
        {
            await using Stream plain = new NetworkStream(connection);
            if (_certificate is null)
            {
                await FramesAsync(plain);
                return;
            }

            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _life.Token);
            await FramesAsync(tls);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // It has gone.
        }
    }

    private async Task FramesAsync(Stream stream)
    {
        var one = new byte[1];
        while (true)
        {
            var length = 0;
            while (true)
            {
                if (await stream.ReadAsync(one, _life.Token) == 0)
                {
                    return;
                }

                if (one[0] == ' ')
                {
                    break;
                }

                length = (length * 10) + (one[0] is >= (byte)'0' and <= (byte)'9' ? one[0] - '0' : throw new FormatException("The length is no number."));
            }

            var message = new byte[length];
            await stream.ReadExactlyAsync(message, _life.Token);
            _messages.Writer.TryWrite(SyslogRead.Parse(message));
        }
    }
}
