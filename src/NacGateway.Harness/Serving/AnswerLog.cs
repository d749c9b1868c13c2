using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NacGateway.Aaa;
using NacGateway.Aaa.Accounting;
using NacGateway.Aaa.Scenarios;
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
    private long _accounted;

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

    public void Accounted(AccountingEvent booked)
    {
        Interlocked.Increment(ref _accounted);
        if (!quiet)
        {
            Write(AccountedLine.Of(booked), HarnessJson.Default.AccountedLine);
        }
    }

    public void Faulted(FaultEvent applied)
    {
        if (!quiet)
        {
            Write(FaultLine.Of(applied), HarnessJson.Default.FaultLine);
        }
    }

    /// <summary>The summary of all ports: those of authentication and accounting.</summary>
    public void Stopped(params IReadOnlyList<RadiusServerCounters> counters)
    {
        var dropped = Enum.GetValues<RadiusDropReason>()
            .Select(reason => (Reason: reason, Count: counters.Sum(port => port.Dropped(reason))))
            .Where(drop => drop.Count != 0)
            .ToDictionary(drop => drop.Reason.ToString(), drop => drop.Count, StringComparer.Ordinal);
        Write(new SummaryLine("stopped", _accepted, _rejected, _challenged, _accounted, counters.Sum(port => port.Repeated), dropped), HarnessJson.Default.SummaryLine);
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
