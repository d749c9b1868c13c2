using System.Globalization;
using System.Net;
using NacGateway.TestKit.Network;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>From the moment that a device submits the form to its first packet that comes back from the far side.</summary>
internal static class FirstPacketMeasurement
{
    private const int EchoPort = 7007;
    private const int WarmUps = 5;
    private const int SignIns = 30;
    private const double MostMilliseconds = 100;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Measures and enters the row; says so and enters none where a part is missing.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        if (Router.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"First packet: not measured. {missing}.");
            return;
        }

        await Console.Error.WriteLineAsync("First packet");
        await using var router = await Router.StartAsync(cancellationToken);
        await using var echo = await EchoServer.StartAsync(router.Internet, EchoPort);
        using var probe = await EchoProbe.OpenAsync(router.Device, new IPEndPoint(router.Internet.IPv4, EchoPort));
        var (packets, answers) = (new List<double>(), new List<double>());
        for (var number = 0; number < WarmUps + SignIns; number++)
        {
            var (packet, answer) = await OnceAsync(router, probe, cancellationToken);
            if (number >= WarmUps)
            {
                packets.Add(packet);
                answers.Add(answer);
            }
        }

        packets.Sort();
        answers.Sort();
        var median = packets[packets.Count / 2];
        table.Add(
            $"Sign-in to first forwarded packet, {SignIns} sign-ins at FreeRADIUS",
            Text(median),
            $"fastest: {Text(packets[0])}, slowest: {Text(packets[^1])}; the portal's answer: {Text(answers[answers.Count / 2])}",
            Text(median),
            $"{Text(MostMilliseconds)} at most",
            median <= MostMilliseconds);
    }

    private static async Task<(double Packet, double Answer)> OnceAsync(Router router, EchoProbe probe, CancellationToken cancellationToken)
    {
        var submit = await router.FillInAsync(cancellationToken);
        await probe.SilenceAsync(s_patience);
        var first = probe.FirstEchoAsync(s_patience);
        var began = TimeProvider.System.GetTimestamp();
        await submit();
        var answered = TimeProvider.System.GetElapsedTime(began);
        var passed = TimeProvider.System.GetElapsedTime(began, await first);
        if (passed <= TimeSpan.Zero)
        {
            throw new InvalidOperationException("The far side was reached before the form was submitted.");
        }

        await router.SignOutAsync(cancellationToken);
        return (passed.TotalMilliseconds, answered.TotalMilliseconds);
    }

    private static string Text(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms");
}
