namespace NacGateway.Web.Observability.Syslog;

/// <summary>Holds the way to the server and opens it again when it breaks: after a second, then after pauses up to a minute. For one caller at a time.</summary>
internal sealed partial class SyslogSender(SyslogDialer dialer, SyslogFormat format, TimeProvider time, ILogger<SyslogSender> log)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    /// <summary>Between two lines about the server's state: one that is away answers every other datagram by ICMP.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(1);

    private ISyslogLink? _link;
    private TimeSpan _pause = s_shortestPause;
    private long _sequence;
    private long _sent;
    private int _state;
    private (bool IsUp, long At)? _told;

    /// <summary>Messages that the kernel took: of UDP no more is known, of a connection that breaks the last ones may be lost.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Whether the last message could be sent; null before the first.</summary>
    public bool? IsUp => Volatile.Read(ref _state) switch { 0 => null, 1 => true, _ => false };

    /// <summary>Sends one message, however long that takes.</summary>
    /// <exception cref="OperationCanceledException">It was not sent.</exception>
    public async Task SendAsync(SyslogMessage message, CancellationToken cancellationToken)
    {
        // Written once: what is sent again after a break keeps its number, by which a receiver knows it.
        var octets = format.Write(message, ++_sequence);
        while (await ProblemAsync(octets, cancellationToken) is { } problem)
        {
            Note(isUp: false, problem);
            await Task.Delay(_pause, time, cancellationToken);
            _pause = _pause + _pause < s_longestPause ? _pause + _pause : s_longestPause;
        }

        _pause = s_shortestPause;
        Interlocked.Increment(ref _sent);
        Note(isUp: true, "");
    }

    /// <summary>Says farewell.</summary>
    public async Task CloseAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            await link.DisposeAsync();
        }
    }

    /// <summary>Tries once. Returns why it could not be sent, or null.</summary>
    private async Task<string?> ProblemAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            if (_link is { IsBroken: true })
            {
                await CloseAsync();
            }

            _link ??= await dialer.DialAsync(either.Token);
            await _link.SendAsync(octets, either.Token);
            return null;
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await CloseAsync();
            return exception is IOException ? exception.Message : $"it took nothing for {s_patience.TotalSeconds:0} s";
        }
    }

    private void Note(bool isUp, string problem)
    {
        Volatile.Write(ref _state, isUp ? 1 : 2);
        if (_told is { } told && (told.IsUp == isUp || time.GetElapsedTime(told.At) < s_quiet))
        {
            return;
        }

        _told = (isUp, time.GetTimestamp());
        if (isUp)
        {
            Log.Up(log, dialer.Target);
        }
        else
        {
            Log.Down(log, dialer.Target, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8610, LogLevel.Information, "Syslog messages go to {Target}")]
        public static partial void Up(ILogger logger, string target);

        [LoggerMessage(8611, LogLevel.Warning, "Syslog messages cannot be sent to {Target}: {Problem}. It is tried again; meanwhile they wait, and those for which there is no room are lost and counted.")]
        public static partial void Down(ILogger logger, string target, string problem);
    }
}
