using System.Globalization;
using NacGateway.Benchmarks;
using NacGateway.Benchmarks.Desk;
using NacGateway.Benchmarks.Http;
using NacGateway.Benchmarks.Kernel;
using NacGateway.Benchmarks.Radius;

// Without arguments: every measurement, one table, exit code 1 when a promise is not kept. The verbs "peer", "load", "storm-load", "sign-ins",
// "desk-..." and "reconcile-once" with arguments are the processes that the measurements start; they are not for people.
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
    case ["storm-load", var host, var port, var requestFile, var clients, var seconds]:
        return await StormGenerator.RunAsync(host, Number(port), requestFile, Number(clients), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    case ["sign-ins", var port, var first, var count, var parallel]:
        return await SignInLoad.RunAsync(Number(port), Number(first), Number(count), Number(parallel));
    case ["desk-export", var provider, var connectionString, var rows]:
        return await ExportPeer.RunAsync(provider, connectionString, Number(rows));
    case ["desk-live", var folder]:
        return await LivePeer.RunAsync(folder);
    case ["reconcile-once", var sessions]:
        return await ReconcilePeer.RunAsync(Number(sessions));
    case ["--help"] or ["-h"]:
        Console.WriteLine($"Usage: tests/bench {string.Join(' ', Measurement.All.Select(measurement => $"[{measurement.Name}]"))}   (none: all)");
        return 0;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

if (args.FirstOrDefault(argument => !Measurement.All.Any(measurement => measurement.Name == argument)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is no measurement. Known: {string.Join(", ", Measurement.All.Select(measurement => measurement.Name))}.");
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};

var table = new ResultTable();
try
{
    foreach (var measurement in Measurement.All.Where(measurement => args.Length == 0 || args.Contains(measurement.Name, StringComparer.Ordinal)))
    {
        await measurement.RunAsync(table, interrupted.Token);
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
