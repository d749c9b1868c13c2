using Microsoft.AspNetCore.Http.Features;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Counts a session's octets as HTTP/1.1 writes them, keeps it from becoming idle while they pass, and lets them pass as fast and as
/// far as its limits say.
/// </summary>
internal sealed class Meter(ActiveSession session, TimeProvider time)
{
    private const int Separators = 4; // ": " and CR LF of a field line; also the two spaces and CR LF of a start line.

    private readonly TrafficCounter _traffic = session.Traffic;
    private readonly SessionPace _pace = session.Pace;

    /// <summary>Whether octets are counted only.</summary>
    public bool IsFree => _pace.IsFree;

    /// <summary>Most octets from the client to let pass at once.</summary>
    public int ReceivePiece => _pace.UploadPiece;

    /// <summary>Most octets to the client to let pass at once.</summary>
    public int SendPiece => _pace.DownloadPiece;

    /// <summary>Whether something was held back because the session's quota is used up.</summary>
    public bool HasCut { get; private set; }

    /// <summary>Counts octets to the client if nothing limits them; false, and nothing is counted, when they have to wait for <see cref="SendAsync"/>.</summary>
    public bool TrySendFree(long octets)
    {
        if (!IsFree)
        {
            return false;
        }

        Sent(octets);
        return true;
    }

    /// <summary>Counts octets from the client, when it is their turn.</summary>
    /// <exception cref="QuotaUsedUpException">They may not pass, and are not counted.</exception>
    public ValueTask ReceiveAsync(long octets, CancellationToken cancellationToken)
    {
        if (!IsFree)
        {
            return ReceiveInTurnAsync(octets, cancellationToken);
        }

        Received(octets);
        return default;
    }

    /// <summary>Counts octets to the client, when it is their turn.</summary>
    /// <exception cref="QuotaUsedUpException">They may not pass, and are not counted.</exception>
    public ValueTask SendAsync(long octets, CancellationToken cancellationToken) =>
        TrySendFree(octets) ? default : SendInTurnAsync(octets, cancellationToken);

    /// <summary>Counts the head of a request.</summary>
    public void ReceivedHead(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        Received(request.Method.Length + request.RawTarget.Length + request.Protocol.Length + Separators + Fields(request.Headers));
    }

    /// <summary>Counts the head of a response.</summary>
    public void SentHead(HttpContext context)
    {
        const int StatusLine = 17; // "HTTP/1.1 200 OK" and CR LF.
        Sent(StatusLine + Fields(context.Response.Headers));
    }

    private async ValueTask ReceiveInTurnAsync(long octets, CancellationToken cancellationToken)
    {
        for (var left = octets; left > 0;)
        {
            StopWhenUsedUp();
            var piece = (int)Math.Min(left, _pace.UploadPiece);
            await _pace.UploadAsync(piece, cancellationToken);
            StopWhenUsedUp();
            Received(piece);
            left -= piece;
        }
    }

    private async ValueTask SendInTurnAsync(long octets, CancellationToken cancellationToken)
    {
        for (var left = octets; left > 0;)
        {
            StopWhenUsedUp();
            var piece = (int)Math.Min(left, _pace.DownloadPiece);
            await _pace.DownloadAsync(piece, cancellationToken);
            StopWhenUsedUp();
            Sent(piece);
            left -= piece;
        }
    }

    /// <summary>
    /// The piece that reaches the quota still passes, what follows does not. The session has ended for the gate with that piece
    /// (<see cref="SessionTable"/> knows it no more), whenever it is recorded.
    /// </summary>
    private void StopWhenUsedUp()
    {
        if (_pace.IsUsedUp(_traffic))
        {
            HasCut = true;
            throw new QuotaUsedUpException();
        }
    }

    private void Received(long octets) => _traffic.Add(octets, 0, time.GetTimestamp());

    private void Sent(long octets) => _traffic.Add(0, octets, time.GetTimestamp());

    private static long Fields(IHeaderDictionary headers)
    {
        long octets = 2;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                octets += name.Length + (value?.Length ?? 0) + Separators;
            }
        }

        return octets;
    }
}
