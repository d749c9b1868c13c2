using System.Globalization;
using NacGateway.Benchmarks;
using NacGateway.Benchmarks.Accounting;
using NacGateway.Benchmarks.Codec;
using NacGateway.Benchmarks.Desk;
using NacGateway.Benchmarks.Http;
using NacGateway.Benchmarks.Radius;
using NacGateway.Benchmarks.Sessions;

// Without arguments: every measurement, one table, exit code 1 when a promise is not kept. The verbs "peer", "load", "sign-ins" and "desk-..." with
// arguments are the processes that the measurements start; they are not for people.
switch (args)
{
    case ["peer", var role, .. var rest]:
        return await Peer.RunAsync(role, rest);
    case ["load", var host, var port, var requestFile, var connections, var seconds]:
        return await LoadGenerator.RunAsync(
            host,
            int.Parse(port, CultureInfo.InvariantCulture),
            requestFile,
            int.Parse(connections, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    case ["sign-ins", var port, var first, var count, var parallel]:
        return await SignInLoad.RunAsync(Number(port), Number(first), Number(count), Number(parallel));
    case ["desk-export", var provider, var connectionString, var rows]:
        return await ExportPeer.RunAsync(provider, connectionString, Number(rows));
    case ["desk-live", var folder]:
        return await LivePeer.RunAsync(folder);
    case ["--help"] or ["-h"]:
        Console.WriteLine("Usage: tests/bench [gate] [forward] [codec] [sessions] [radius] [sign-ins] [outbox] [desk] [desk-live]   (none: all)");
        return 0;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

string[] known = ["gate", "forward", "codec", "sessions", "radius", "sign-ins", "outbox", "desk", "desk-live"];
if (args.FirstOrDefault(argument => !known.Contains(argument, StringComparer.Ordinal)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is no measurement. Known: {string.Join(", ", known)}.");
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

bool Wanted(string name) => args.Length == 0 || args.Contains(name, StringComparer.Ordinal);
var table = new ResultTable();
try
{
    if (Wanted("codec"))
    {
        CodecMeasurement.Run(table);
    }

    if (Wanted("gate"))
    {
        await GateMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("forward"))
    {
        await ForwardMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("sessions"))
    {
        await SessionMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("radius"))
    {
        await RadiusMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("sign-ins"))
    {
        await SignInMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("outbox"))
    {
        await OutboxMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("desk"))
    {
        await DeskMeasurement.RunAsync(table, interrupted.Token);
    }

    if (Wanted("desk-live"))
    {
        await LiveMeasurement.RunAsync(table, interrupted.Token);
    }
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted; what was measured until then:");
    table.Print(Console.Out);
    return 130;
}

table.Print(Console.Out);
return table.AllKept ? 0 : 1;
