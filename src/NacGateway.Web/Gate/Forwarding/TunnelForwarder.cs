using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Answers CONNECT (RFC 9110 section 9.3.6), which YARP does not know: dials behind the guard, answers 200 on the connection itself,
/// and carries octets from there on.
/// </summary>
internal sealed class TunnelForwarder(DestinationDialer dialer, RoleReach reach, GateReplies replies, Refusals refusals, StopGrace grace, TimeProvider time, IOptions<GateOptions> options)
{
    private static readonly TimeSpan LastOctets = TimeSpan.FromSeconds(10);
    private readonly int[] _ports = options.Value.TunnelPorts.Count == 0 ? [443, 8443] : [.. options.Value.TunnelPorts];

    /// <param name="context">The CONNECT request.</param>
    /// <param name="session">The client's session, at whose end the tunnel is cut; null for the walled garden.</param>
    public async Task ForwardAsync(HttpContext context, ActiveSession? session)
    {
        var headers = context.Request.Headers;
        if (!Destination.TryReadTunnel(context, out var destination) || headers.ContentLength > 0 || headers.TransferEncoding.Count != 0
            || context.Features.Get<IConnectionTransportFeature>()?.Transport is not { } client)
        {
            await refusals.AnswerAsync(context, RefusalReason.Target, destination: null);
            return;
        }

        if (!_ports.Contains(destination.Port))
        {
            await refusals.AnswerAsync(context, RefusalReason.Port, destination);
            return;
        }

        var role = session?.Limits.Role;
        if (!reach.Allows(role, destination.Host, destination.Port))
        {
            await refusals.AnswerAsync(context, RefusalReason.Role, destination);
            return;
        }

        var stream = await DialAsync(context, destination, role);
        if (stream is null)
        {
            return;
        }

        await using (stream)
        {
            await CarryAsync(context, client, stream, session);
        }
    }

    private async Task CarryAsync(HttpContext context, IDuplexPipe client, NetworkStream destination, ActiveSession? session)
    {
        context.Features.Get<HalfClose>()?.EnterTunnel();
        var meter = session is null ? null : new Meter(session, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, session?.Ended ?? CancellationToken.None, grace.Over);
        await client.Output.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), CancellationToken.None);
        if (await new Tunnel(client, destination, meter, options.Value.TunnelIdleTimeout, time).RunAsync(stop.Token))
        {
            await SendLastAsync(client.Output, stop.Token);
        }

        // The connection has spoken no HTTP since the 200, so Kestrel must not write a response on it.
        context.Abort();
    }

    /// <summary>The connection, or null when it could not be had and the client has been told so.</summary>
    private async Task<NetworkStream?> DialAsync(HttpContext context, Destination destination, string? role)
    {
        using var limit = new CancellationTokenSource(options.Value.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            return await dialer.DialAsync(destination.Host, destination.Port, role, both.Token);
        }
        catch (DestinationRefusedException refused)
        {
            await refusals.AnswerAsync(context, refused.Reason, destination);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            await replies.WriteAsync(context, AnswerKind.TimedOut);
        }
        catch (SocketException)
        {
            await replies.WriteAsync(context, AnswerKind.Unreachable);
        }

        return null;
    }

    /// <summary>Ends the client's direction in order: an abort would take what still waits in the pipe with it.</summary>
    private async Task SendLastAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
#pragma warning disable CS0618 // Not every PipeWriter calls back, but that of Kestrel's socket transport does, and nothing else tells when the last octet is sent.
        output.OnReaderCompleted(static (_, state) => ((TaskCompletionSource)state!).TrySetResult(), sent);
        await output.CompleteAsync();
        await sent.Task.WaitAsync(LastOctets, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
