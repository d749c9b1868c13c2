using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>What happened in a stretch of time. Not safe for concurrent use.</summary>
internal sealed class LoadTally
{
    /// <summary>Requests sent for the first time.</summary>
    public long Sent { get; set; }

    public long Accepted { get; set; }

    public long Rejected { get; set; }

    public long Challenged { get; set; }

    /// <summary>Accounting-Responses.</summary>
    public long Accounted { get; set; }

    /// <summary>Requests given up after their last try.</summary>
    public long Lost { get; set; }

    /// <summary>Transmissions beyond the first.</summary>
    public long Retransmitted { get; set; }

    /// <summary>Datagrams from the server that could not be believed: a wrong or missing digest, or nothing waits for them.</summary>
    public long Unbelieved { get; set; }

    /// <summary>Of these, how many had a wrong Response Authenticator although a request waits: the sign of another secret.</summary>
    public long WrongAuthenticator { get; set; }

    /// <summary>Of these, how many lacked only the Message-Authenticator.</summary>
    public long Unsigned { get; set; }

    /// <summary>ICMP errors: nobody listens.</summary>
    public long Unreachable { get; set; }

    public LatencyHistogram Latency { get; } = new();

    public long Answered => Accepted + Rejected + Challenged + Accounted;

    public void CountReply(RadiusCode code, TimeSpan latency)
    {
        switch (code)
        {
            case RadiusCode.AccessAccept:
                Accepted++;
                break;
            case RadiusCode.AccessReject:
                Rejected++;
                break;
            case RadiusCode.AccessChallenge:
                Challenged++;
                break;
            default:
                Accounted++;
                break;
        }

        Latency.Add(latency);
    }

    public void Add(LoadTally other)
    {
        Sent += other.Sent;
        Accepted += other.Accepted;
        Rejected += other.Rejected;
        Challenged += other.Challenged;
        Accounted += other.Accounted;
        Lost += other.Lost;
        Retransmitted += other.Retransmitted;
        Unbelieved += other.Unbelieved;
        WrongAuthenticator += other.WrongAuthenticator;
        Unsigned += other.Unsigned;
        Unreachable += other.Unreachable;
        Latency.Add(other.Latency);
    }

    public void Clear()
    {
        Sent = Accepted = Rejected = Challenged = Accounted = Lost = Retransmitted = Unbelieved = WrongAuthenticator = Unsigned = Unreachable = 0;
        Latency.Clear();
    }
}
