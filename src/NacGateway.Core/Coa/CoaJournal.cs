using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>Says in log and metrics what became of each authentic request; of dropped ones a line a minute for each reason, with their number.</summary>
internal sealed partial class CoaJournal(CoaMetrics metrics, TimeProvider time, ILogger<CoaListener> log)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<CoaDrop, Drops> _drops = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public void Answered(CoaRequest request, CoaAnswer answer)
    {
        metrics.Answered(answer);
        if (answer.Cause == ErrorCause.None)
        {
            Log.Done(log, request.Packet.Code, request.Source, answer.Code, answer.Words);
        }
        else
        {
            Log.Refused(log, request.Packet.Code, request.Source, answer.Code, (uint)answer.Cause, answer.Cause, answer.Words);
        }
    }

    public void Dropped(RadiusRequestContext context, CoaDrop reason)
    {
        metrics.Dropped(reason);
        if (_drops.GetOrAdd(reason, _ => new Drops()).IsLineDue(time, out var count))
        {
            Log.Dropped(log, context.Request.Code, context.Source, reason, count);
        }
    }

    private sealed class Drops
    {
        private readonly Lock _lock = new();
        private long _count;
        private long? _lastLine;

        public bool IsLineDue(TimeProvider time, out long count)
        {
            lock (_lock)
            {
                count = ++_count;
                if (_lastLine is { } last && time.GetElapsedTime(last) < s_interval)
                {
                    return false;
                }

                _lastLine = time.GetTimestamp();
                return true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5010, LogLevel.Information, "{Request} of {Client}: {Answer}, {Words}")]
        public static partial void Done(ILogger logger, RadiusCode request, IPAddress client, RadiusCode answer, string words);

        [LoggerMessage(5011, LogLevel.Information, "{Request} of {Client}: {Answer} {Cause} ({Name}), {Words}")]
        public static partial void Refused(ILogger logger, RadiusCode request, IPAddress client, RadiusCode answer, uint cause, ErrorCause name, string words);

        [LoggerMessage(5012, LogLevel.Warning, "{Request} of {Client} was dropped: {Reason} ({Count} so far; at most one such line a minute)")]
        public static partial void Dropped(ILogger logger, RadiusCode request, IPEndPoint client, CoaDrop reason, long count);
    }
}
