using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>The counts of RFC 4668 and RFC 4670 for one server. Safe for concurrent use; each count is exact, a snapshot of several is not one instant.</summary>
internal sealed class ServerCounts
{
    private long _requests;
    private long _retransmissions;
    private long _pending;
    private long _timeouts;
    private long _abandoned;
    private long _accepts;
    private long _rejects;
    private long _challenges;
    private long _responses;
    private long _disbelieved;
    private long _signed;
    private long _unsigned;
    private long _protocolErrors;
    private long _refusals;
    private long _statusRequests;
    private long _statusAnswers;
    private long _lastAnswer = long.MinValue;

    public long StatusAnswers => Volatile.Read(ref _statusAnswers);

    public long LastAnswer => Volatile.Read(ref _lastAnswer);

    public void Began(RadiusCode code)
    {
        if (code == RadiusCode.StatusServer)
        {
            Interlocked.Increment(ref _statusRequests);
        }
        else
        {
            Interlocked.Increment(ref _requests);
            Interlocked.Increment(ref _pending);
        }
    }

    public void Retransmitted() => Interlocked.Increment(ref _retransmissions);

    public void Refused() => Interlocked.Increment(ref _refusals);

    public void Alive(long timestamp) => Volatile.Write(ref _lastAnswer, timestamp);

    public void Abandoned(RadiusCode code)
    {
        if (code != RadiusCode.StatusServer)
        {
            Interlocked.Increment(ref _abandoned);
            Interlocked.Decrement(ref _pending);
        }
    }

    public void Ended(RadiusCode code, ExchangeResult result, long timestamp)
    {
        bool answered = result.Status is ExchangeStatus.Answered or ExchangeStatus.ProtocolError;
        if (answered)
        {
            Alive(timestamp);
        }

        if (code == RadiusCode.StatusServer)
        {
            Interlocked.Add(ref _statusAnswers, answered ? 1 : 0);
            return;
        }

        Interlocked.Decrement(ref _pending);
        if (!answered)
        {
            Interlocked.Increment(ref _timeouts);
            Interlocked.Add(ref _disbelieved, result.Status is ExchangeStatus.WrongSecret or ExchangeStatus.MissingMessageAuthenticator ? 1 : 0);
            return;
        }

        if (code == RadiusCode.AccessRequest && result.Reply is { } reply)
        {
            Interlocked.Increment(ref (reply.Attributes.TryGetFirst(RadiusAttributeType.MessageAuthenticator, out _) ? ref _signed : ref _unsigned));
        }

        switch (result.Reply?.Code)
        {
            case RadiusCode.AccessAccept:
                Interlocked.Increment(ref _accepts);
                break;
            case RadiusCode.AccessReject:
                Interlocked.Increment(ref _rejects);
                break;
            case RadiusCode.AccessChallenge:
                Interlocked.Increment(ref _challenges);
                break;
            case RadiusCode.ProtocolError:
                Interlocked.Increment(ref _protocolErrors);
                break;
            default:
                Interlocked.Increment(ref _responses);
                break;
        }
    }

    /// <summary>The counts; what else a snapshot tells is empty.</summary>
    public ServerHealth Snapshot(RadiusServerSettings server, DropCounter drops) => new()
    {
        Name = server.Name,
        EndPoint = server.EndPoint,
        State = ServerState.Alive,
        Since = default,
        ConsecutiveFailures = 0,
        LastAnswer = null,
        LastError = null,
        LastErrorAt = null,
        Latency = LatencyPercentiles.None,
        RequiresMessageAuthenticator = server.RequireMessageAuthenticator || server.Tls is not null,
        IsTls = server.Tls is not null,
        OwnCertificateEnds = server.Tls?.Credentials.Ends,
        UsesStatusServer = server.StatusServer,
        Requests = Volatile.Read(ref _requests),
        Retransmissions = Volatile.Read(ref _retransmissions),
        Pending = Volatile.Read(ref _pending),
        Timeouts = Volatile.Read(ref _timeouts),
        Abandoned = Volatile.Read(ref _abandoned),
        Accepts = Volatile.Read(ref _accepts),
        Rejects = Volatile.Read(ref _rejects),
        Challenges = Volatile.Read(ref _challenges),
        Disbelieved = Volatile.Read(ref _disbelieved),
        SignedAnswers = Volatile.Read(ref _signed),
        UnsignedAnswers = Volatile.Read(ref _unsigned),
        Responses = Volatile.Read(ref _responses),
        ProtocolErrors = Volatile.Read(ref _protocolErrors),
        Refusals = Volatile.Read(ref _refusals),
        StatusRequests = Volatile.Read(ref _statusRequests),
        StatusAnswers = Volatile.Read(ref _statusAnswers),
        Drops = Enum.GetValues<DropReason>().ToDictionary(reason => reason, reason => drops[reason]),
    };
}
