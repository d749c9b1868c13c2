using NacGateway.Radius.Client;

namespace NacGateway.Harness.Sending;

/// <summary>How long a reply is waited for, and how often the request is sent.</summary>
/// <param name="Limit">Longest wait in all.</param>
/// <param name="Retries">Times that it is sent again, by equal waits; null for the schedule of RFC 5080 section 2.2.1.</param>
internal sealed record SendTiming(TimeSpan Limit, int? Retries)
{
    /// <summary>The waits between the sends; the last one is what is left of the limit.</summary>
    public IEnumerable<TimeSpan> Waits()
    {
        if (Retries is { } retries)
        {
            for (var send = 0; send < retries; send++)
            {
                yield return Limit / (retries + 1);
            }

            yield break;
        }

        var schedule = new RetransmissionSchedule();
        for (var send = 1; send < RetransmissionSchedule.MostSends; send++)
        {
            yield return schedule.Next();
        }
    }
}
