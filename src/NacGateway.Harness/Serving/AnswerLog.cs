using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NacGateway.Aaa;
using NacGateway.Harness.Output;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Harness.Serving;

/// <summary>Writes a line an event, for people or for programs, and counts. Safe for concurrent use.</summary>
internal sealed class AnswerLog(TextWriter writer, bool json, bool quiet = false)
{
    private readonly Lock _lock = new();
    private long _accepted;
    private long _rejected;
    private long _challenged;

    public void Listening(ListeningLine line) => Write(line, HarnessJson.Default.ListeningLine);

    public void Answered(AaaEvent answered)
    {
        switch (answered.Answer)
        {
            case RadiusCode.AccessAccept:
                Interlocked.Increment(ref _accepted);
                break;
            case RadiusCode.AccessChallenge:
                Interlocked.Increment(ref _challenged);
                break;
            default:
                Interlocked.Increment(ref _rejected);
                break;
        }

        if (!quiet)
        {
            Write(AnswerLine.Of(answered), HarnessJson.Default.AnswerLine);
        }
    }

    public void Stopped(RadiusServerCounters counters)
    {
        var dropped = Enum.GetValues<RadiusDropReason>().Where(reason => counters.Dropped(reason) != 0).ToDictionary(reason => reason.ToString(), counters.Dropped, StringComparer.Ordinal);
        Write(new SummaryLine("stopped", _accepted, _rejected, _challenged, counters.Repeated, dropped), HarnessJson.Default.SummaryLine);
    }

    private void Write<T>(T line, JsonTypeInfo<T> type)
        where T : notnull
    {
        var text = json ? JsonSerializer.Serialize(line, type) : line.ToString();
        lock (_lock)
        {
            writer.WriteLine(text);
        }
    }
}
