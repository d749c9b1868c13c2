using System.Globalization;
using NacGateway.Harness.Sending;

namespace NacGateway.Harness.Probing;

/// <summary>A short sample of the time to an answer, and the delay of a rejection.</summary>
internal static class TimingQuestions
{
    private const int Samples = 30;

    public static IReadOnlyList<ProbeQuestion> All { get; } =
    [
        new("reject-delay", "Delays Access-Reject", "draft-ietf-radext-deprecating-radius section 8.3", false, RejectAsync),
        new("latency", "Time to an answer", "RFC 5080 section 2.2.1", false, SampleAsync),
    ];

    private static async Task<ProbeVerdict> RejectAsync(Prober prober, CancellationToken cancellationToken)
    {
        var answer = await prober.AskAsync(prober.Encode(prober.Access(prober.Target.Method, isUser: false)), cancellationToken);
        if (answer.Outcome != PacketOutcome.Reject)
        {
            return ProbeVerdict.Unknown($"the answer was {answer.Outcome}, not reject");
        }

        var found = string.Create(CultureInfo.InvariantCulture, $"after {answer.Elapsed.TotalMilliseconds:0.0} ms");
        return answer.Elapsed >= TimeSpan.FromMilliseconds(500)
            ? ProbeVerdict.Good(found)
            : ProbeVerdict.Weak(found, "Passwords can be guessed at that rate. A delay of about a second slows guessing and hurts nobody (FreeRADIUS: security { reject_delay = 1 }).");
    }

    /// <summary>One after the other: Status-Server where it is answered, for it troubles nobody, else the plain request.</summary>
    private static async Task<ProbeVerdict> SampleAsync(Prober prober, CancellationToken cancellationToken)
    {
        using var port = prober.Open();
        var isStatus = (await prober.AskAsync(prober.Encode(Prober.Status()), cancellationToken)).Packet is not null;
        if (!isStatus && !prober.HasUser)
        {
            return ProbeVerdict.Unknown("not asked: a sample of rejections would be one of the server's delay");
        }

        var times = new List<double>();
        var started = TimeProvider.System.GetTimestamp();
        for (var sample = 0; sample < Samples; sample++)
        {
            var answer = await prober.AskAsync(port, prober.Encode(isStatus ? Prober.Status() : prober.Access()), prober.Target.Timeout, 1, cancellationToken);
            if (answer.Packet is null)
            {
                return ProbeVerdict.Weak($"{sample} of {Samples} were answered, then one was not", "The server, or the way to it, loses packets.");
            }

            times.Add(answer.Elapsed.TotalMilliseconds);
        }

        var figures = SendTimes.Of(times)!;
        return ProbeVerdict.Good(string.Create(
            CultureInfo.InvariantCulture,
            $"{Samples} {(isStatus ? "Status-Server" : "sign-ins")}: min {figures.Min:0.0} ms, median {figures.Median:0.0} ms, p95 {figures.P95:0.0} ms; {Samples / TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} a second, one at a time"));
    }
}
