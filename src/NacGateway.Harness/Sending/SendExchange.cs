using System.Globalization;
using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;

namespace NacGateway.Harness.Sending;

/// <summary>From the first request to the outcome: one step, or two when a challenge is answered.</summary>
internal sealed class SendExchange
{
    private readonly Expectations _expected;
    private readonly IReadOnlyList<PacketCheck> _expectations;

    private SendExchange(IReadOnlyList<SendStep> steps, Expectations expected)
    {
        (Steps, _expected) = (steps, expected);
        _expectations = expected.Check(steps[^1]);
    }

    public IReadOnlyList<SendStep> Steps { get; }

    public string Outcome => PacketOutcome.Of(Steps[^1].Reply?.Code);

    public bool Good => _expected.Allow(Outcome) && Wrong.Length == 0;

    public int ExitCode => Good ? Harness.ExitCode.Expected : Outcome == PacketOutcome.None ? Harness.ExitCode.NoAnswer : Harness.ExitCode.Unexpected;

    /// <summary>What is not as expected; null when all is.</summary>
    public string? Reason => Good ? null
        : Outcome == PacketOutcome.None ? "no answer: " + Silence.Explain(Steps[^1])
        : !_expected.Allow(Outcome) ? $"{_expected.Text} was expected, and the outcome is {Outcome}{Error()}."
        : string.Join(", ", Wrong.Select(check => check.ToString())) + ".";

    private PacketCheck[] Wrong => [.. Steps.SelectMany(step => step.Checks).Concat(_expectations).Where(check => check.Outcome == CheckOutcome.Wrong)];

    public static async Task<SendExchange> RunAsync(IAsker asker, IOutgoing first, Expectations expected, CancellationToken cancellationToken)
    {
        var steps = new List<SendStep>();
        for (var request = first; request is not null;)
        {
            var step = await asker.AskAsync(request, cancellationToken);
            steps.Add(step);
            request = step.Reply is { } reply ? request.Next(reply) : null;
        }

        return new SendExchange(steps, expected);
    }

    /// <param name="number">Its place among several, counted from 1; null for the only one.</param>
    public SendReport Report(int? number) => new()
    {
        Number = number,
        Good = Good,
        Outcome = Outcome,
        Expected = _expected.Text,
        Server = Steps[0].Peer,
        Steps = [.. Steps.Select(SendStepReport.Of)],
        Expectations = _expectations.Count == 0 ? null : _expectations,
        Reason = Reason,
    };

    public void Write(TextWriter writer, Paint paint)
    {
        foreach (var step in Steps)
        {
            writer.WriteLine($"To {step.Peer}:");
            ReportWriter.Packet(writer, step.Sent, paint);
            var times = step.Sends == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", sent {step.Sends} times");
            if (step.Reply is { } reply)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Reply after {step.Elapsed.TotalMilliseconds:0.0} ms{times}:"));
                ReportWriter.Packet(writer, reply, paint);
                ReportWriter.Section(writer, "Meaning:", ReplyMeaning.Of(reply));
                ReportWriter.Checks(writer, step.Checks, paint);
            }
            else
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"No reply after {step.Elapsed.TotalMilliseconds:0.0} ms{times}."));
            }

            ReportWriter.Section(writer, "Dropped datagrams:", step.Drops.Select(drop => string.Create(CultureInfo.InvariantCulture, $"{drop.Key}: {drop.Value}")));
        }

        ReportWriter.Section(writer, "Expectations:", _expectations.Select(paint.Check));
        writer.WriteLine("Outcome: " + paint.Verdict(Outcome, Good));
    }

    /// <summary>What a reject says about itself beyond its attributes.</summary>
    private string Error()
    {
        var reply = Steps[^1].Reply!;
        var causes = string.Concat(ReplyMeaning.Causes(reply).Select(cause => ", " + cause));
        return reply.GetMsChapError() is { } error ? string.Create(CultureInfo.InvariantCulture, $", MS-CHAP-Error {(int)error.Code} ({error.Code}){causes}") : causes;
    }
}
