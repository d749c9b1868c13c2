using System.Buffers;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using NacGateway.Web.Gate;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>
/// The step in a listener that reads the PROXY protocol header of connections from known proxies, before anything else of a connection is
/// looked at, and gives the connection the client's address. From then on the client is whom everything behind it counts, limits and serves.
/// </summary>
internal sealed partial class ProxiedConnections
{
    /// <summary>A proxy sends the header with its first segment; a lost one comes again within this.</summary>
    public static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly ILogger<ProxiedConnections> _log;
    private readonly LineLimit _lines;
    private readonly Counter<long> _refused;

    public ProxiedConnections(TimeProvider time, IMeterFactory meters, ILogger<ProxiedConnections> log)
    {
        _time = time;
        _log = log;
        _lines = new LineLimit(time);
        _refused = meters.Create(Refusals.MeterName).CreateCounter<long>("nacgateway.proxy_header.refused", "{connection}", "Connections of proxies that were closed for their PROXY protocol header, by reason.");
    }

    /// <param name="senders">The proxies; of all others nothing is read.</param>
    /// <param name="next">The rest of the listener.</param>
    /// <param name="connection">The connection.</param>
    public async Task ServeAsync(AddressPrefix[] senders, ConnectionDelegate next, ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.RemoteEndPoint is IPEndPoint sender && AddressPrefix.AnyContains(senders, sender.Address))
        {
            var (problem, source) = await ReadAsync(connection);
            if (problem is { } refused)
            {
                Note(sender, refused);
                connection.Abort(new ConnectionAbortedException("The connection of a proxy does not begin with a PROXY protocol header (ProxyProtocolFrom)."));
                return;
            }

            connection.RemoteEndPoint = source ?? sender;
        }

        await next(connection);
    }

    private async Task<(ProxyHeaderProblem? Problem, IPEndPoint? Source)> ReadAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var limit = new CancellationTokenSource(HeaderTime, _time);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(limit.Token);
                var state = Read(read.Buffer, out var header);
                if (state == ProxyHeaderState.Whole)
                {
                    // Not examined further: what follows is there to be read at once.
                    input.AdvanceTo(read.Buffer.GetPosition(header.Length));
                    return (null, header.Source);
                }

                var isEmpty = read.Buffer.IsEmpty;
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (state == ProxyHeaderState.Wrong)
                {
                    return (ProxyHeaderProblem.Garbage, null);
                }

                if (read.IsCompleted)
                {
                    return (isEmpty ? ProxyHeaderProblem.Empty : ProxyHeaderProblem.Truncated, null);
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (ProxyHeaderProblem.Late, null);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Reset by the proxy, or cut because the server stops.
            return (ProxyHeaderProblem.Truncated, null);
        }
    }

    private static ProxyHeaderState Read(in ReadOnlySequence<byte> octets, out ProxyHeader header) => octets.IsSingleSegment
        ? ProxyHeaderReader.Read(octets.FirstSpan, out header)
        : ProxyHeaderReader.Read(octets.Slice(0, Math.Min(octets.Length, ProxyHeaderReader.LongestHeader)).ToArray(), out header);

    private void Note(IPEndPoint sender, ProxyHeaderProblem problem)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", Name(problem)));

        // Who only looks whether the port is open does so every few seconds for as long as the gateway runs.
        if (problem != ProxyHeaderProblem.Empty && _lines.TryTake(out var unlogged))
        {
            Log.Refused(_log, sender, problem, unlogged);
        }
    }

    private static string Name(ProxyHeaderProblem problem) => problem switch
    {
        ProxyHeaderProblem.Empty => "empty",
        ProxyHeaderProblem.Truncated => "truncated",
        ProxyHeaderProblem.Late => "late",
        _ => "garbage",
    };

    private static partial class Log
    {
        [LoggerMessage(9020, LogLevel.Warning, "Closed a connection of the proxy {Sender}: its PROXY protocol header is {Problem}. Let it send one, or take it out of ProxyProtocolFrom; {Unlogged} more since the last such line")]
        public static partial void Refused(ILogger logger, IPEndPoint sender, ProxyHeaderProblem problem, long unlogged);
    }
}
