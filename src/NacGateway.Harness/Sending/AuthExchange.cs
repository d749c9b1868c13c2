using System.Globalization;
using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>A sign-in from its first request to its outcome: one step, or two when a challenge is answered.</summary>
internal sealed class AuthExchange
{
    private AuthExchange(IReadOnlyList<AuthStep> steps, string expected) => (Steps, Expected) = (steps, expected);

    public IReadOnlyList<AuthStep> Steps { get; }

    public string Expected { get; }

    public string Outcome => Steps[^1].Result.Reply?.Code switch
    {
        RadiusCode.AccessAccept => "accept",
        RadiusCode.AccessReject => "reject",
        RadiusCode.AccessChallenge => "challenge",
        _ => "none",
    };

    public int ExitCode => Outcome == "none" ? Harness.ExitCode.NoAnswer : Good ? Harness.ExitCode.Expected : Harness.ExitCode.Unexpected;

    /// <summary>What is not as expected; null when all is.</summary>
    public string? Reason => Outcome == "none" ? "no answer: " + Silence.Explain(Steps[^1])
        : Outcome != Expected ? $"{Expected} was expected, and the outcome is {Outcome}{Error()}."
        : !Good ? string.Join(", ", Steps[^1].Checks.Where(check => check.Outcome == CheckOutcome.Wrong)) + "."
        : null;

    private bool Good => Outcome == Expected && Steps.All(step => step.IsProved);

    public static async Task<AuthExchange> RunAsync(RadiusServerSettings server, AuthRequest first, byte[]? code, TimeSpan limit, string expected, CancellationToken cancellationToken)
    {
        var steps = new List<AuthStep> { await AskAsync(server, first, limit, cancellationToken) };
        if (code is not null && steps[0].Result.Reply is { Code: RadiusCode.AccessChallenge } challenge)
        {
            steps.Add(await AskAsync(server, first.Answering(challenge, code), limit, cancellationToken));
        }

        return new AuthExchange(steps, expected);
    }

    public SendReport Report() => new()
    {
        Good = Good,
        Outcome = Outcome,
        Expected = Expected,
        Server = Steps[0].Result.Server!.EndPoint.ToString(),
        Steps = [.. Steps.Select(SendStepReport.Of)],
        Reason = Reason,
    };

    public void Write(TextWriter writer)
    {
        foreach (var step in Steps)
        {
            if (step.Sent is not null)
            {
                writer.WriteLine($"To {step.Result.Server!.EndPoint}:");
                ReportWriter.Packet(writer, step.Sent);
            }

            var times = step.Result.Sends == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", sent {step.Result.Sends} times");
            if (step.Result.Reply is { } reply)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Reply after {step.Result.Elapsed.TotalMilliseconds:0.0} ms{times}:"));
                ReportWriter.Packet(writer, reply);
                ReportWriter.Checks(writer, step.Checks);
            }
            else
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"No reply after {step.Result.Elapsed.TotalMilliseconds:0.0} ms{times}."));
            }

            ReportWriter.Section(writer, "Dropped datagrams:", step.Drops.Select(drop => string.Create(CultureInfo.InvariantCulture, $"{drop.Key}: {drop.Value}")));
        }

        writer.WriteLine($"Outcome: {Outcome}");
    }

    private static async Task<AuthStep> AskAsync(RadiusServerSettings server, AuthRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        // A client a step: its counts of dropped datagrams are then the step's own.
        await using var client = new RadiusClient(server, TimeProvider.System, mostSockets: 1);
        var result = await client.ExchangeAsync(RadiusCode.AccessRequest, request.Fill, limit, cancellationToken);
        return AuthStep.Of(result, request, client.Drops);
    }

    /// <summary>What a reject says about itself beyond its attributes.</summary>
    private string Error() => Steps[^1].Result.Reply?.GetMsChapError() is { } error
        ? string.Create(CultureInfo.InvariantCulture, $", MS-CHAP-Error {(int)error.Code} ({error.Code})")
        : "";
}
