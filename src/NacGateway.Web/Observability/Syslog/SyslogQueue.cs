using System.Threading.Channels;
using Microsoft.Extensions.Options;
using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>
/// What waits to be sent: lines of the audit trail, and behind them what happens to sessions, each within a bound of its own, so that a
/// flood of refused sign-ins crowds out no line of the trail. What finds its queue full is lost and counted; nobody waits. For one reader.
/// </summary>
internal sealed class SyslogQueue(SessionFeed feed, AuditLog audit, IOptions<SyslogOptions> options) : IDisposable
{
    public const int MostLines = 2000;
    public const int MostNotices = 10_000;

    private readonly SyslogOptions _options = options.Value;
    private readonly Channel<AuditRecord> _lines = Channel.CreateBounded<AuditRecord>(new BoundedChannelOptions(MostLines) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private SessionSubscription? _notices;
    private bool _isListening;
    private long _lostLines;
    private Task? _nextLine;
    private Task? _nextNotice;

    /// <summary>Messages that wait.</summary>
    public int Waiting => _lines.Reader.Count + (_notices?.Reader.Count ?? 0);

    /// <summary>Lines of the trail lost so far.</summary>
    public long LostLines => Volatile.Read(ref _lostLines);

    /// <summary>Notices of sessions and refusals lost so far.</summary>
    public long LostNotices => _notices?.Dropped ?? 0;

    /// <summary>Begins to listen; what happened before is not told.</summary>
    public void Listen()
    {
        if (_options.Sessions || _options.Refusals)
        {
            _notices = feed.Subscribe(MostNotices);
        }

        if (_options.Audit)
        {
            audit.Recorded += Add;
            _isListening = true;
        }
    }

    /// <summary>Takes what is to be sent next; null when nothing waits.</summary>
    public SyslogMessage? TryTake()
    {
        if (_lines.Reader.TryRead(out var line))
        {
            return SyslogMessages.Of(line);
        }

        while (_notices is not null && _notices.Reader.TryRead(out var notice))
        {
            if (notice.Kind == SessionNoticeKind.Refused ? _options.Refusals : _options.Sessions)
            {
                return SyslogMessages.Of(notice);
            }
        }

        return null;
    }

    /// <summary>Waits for more.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // A wait that found nothing is kept: a new one each time would leave the old ones behind for as long as that queue is quiet.
        _nextLine = _nextLine is { IsCompleted: false } ? _nextLine : _lines.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (_notices is null)
        {
            await _nextLine.WaitAsync(cancellationToken);
            return;
        }

        _nextNotice = _nextNotice is { IsCompleted: false } ? _nextNotice : _notices.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        await Task.WhenAny(_nextLine, _nextNotice).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (_isListening)
        {
            audit.Recorded -= Add;
        }

        _notices?.Dispose();
        _lines.Writer.TryComplete();
    }

    private void Add(object? sender, AuditRecordedEventArgs recorded)
    {
        if (!_lines.Writer.TryWrite(recorded.Line))
        {
            Interlocked.Increment(ref _lostLines);
        }
    }
}
