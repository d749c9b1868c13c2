using NacGateway.Radius.Client;
using NacGateway.Radius.Transport;

namespace NacGateway.Web.Desk.Radius;

/// <summary>A configured server at one of its ports, with what is known of it.</summary>
/// <param name="Name">Name as configured.</param>
/// <param name="Role">For what it is asked there.</param>
/// <param name="Order">Its priority; lower is asked first.</param>
/// <param name="Health">What is known; null while its name is not resolved.</param>
public sealed record DeskServer(string Name, ServerRole Role, int Order, ServerHealth? Health)
{
    /// <summary>From this 95th percentile on a server is slow. Many delay their Rejects by a second, as they should.</summary>
    public static readonly TimeSpan SlowFrom = TimeSpan.FromSeconds(1.5);

    /// <summary>How it does.</summary>
    public ServerStanding Standing => Health is null ? ServerStanding.Unknown : StandingOf(Health);

    /// <summary>Requests that ended, with or without an answer.</summary>
    public long Ended => Health is null ? 0 : Answered + Health.Timeouts;

    /// <summary>Requests that were answered.</summary>
    public long Answered => Health is null ? 0 : Health.Accepts + Health.Rejects + Health.Challenges + Health.Responses + Health.ProtocolErrors;

    /// <summary>Requests to which nothing came.</summary>
    public long? Silent => Health?.Timeouts - Health?.Disbelieved;

    /// <summary>Share of the requests to which nothing came; null before the first ended.</summary>
    public double? TimeoutShare => Ended == 0 ? null : (double)Silent!.Value / Ended;

    /// <summary>Share of the answers that were Access-Rejects; null before the first.</summary>
    public double? RejectShare => Answered == 0 || Role == ServerRole.Accounting ? null : (double)Health!.Rejects / Answered;

    /// <summary>Whether percentiles say something: the last answers of a server that is down are old.</summary>
    public bool IsMeasured => Health is { Latency.Count: > 0, State: not ServerState.Dead };

    /// <summary>How a server does.</summary>
    public static ServerStanding StandingOf(ServerHealth health)
    {
        ArgumentNullException.ThrowIfNull(health);
        return health.State switch
        {
            ServerState.Dead => ServerStanding.Down,
            ServerState.Suspect => ServerStanding.Suspect,
            ServerState.Probing => ServerStanding.ComingBack,
            _ when health.LastAnswer is null => ServerStanding.Unknown,
            _ when health.Latency.Count > 0 && health.Latency.P95 >= SlowFrom => ServerStanding.Slow,
            _ => ServerStanding.Up,
        };
    }

    /// <summary>How Message-Authenticator stands between the two, in words.</summary>
    public string SignatureWords()
    {
        if (Health is null)
        {
            return "Not known yet";
        }

        var (missing, wrong) = (Health.Drops[DropReason.MissingMessageAuthenticator], Health.Drops[DropReason.WrongMessageAuthenticator]);
        var trouble = (missing > 0 ? $"; {missing} replies without it were not believed" : "") + (wrong > 0 ? $"; {wrong} replies with a wrong one were not believed" : "");
        return Role == ServerRole.Accounting ? "Accounting is signed by its authenticator" + trouble
            : Health.IsTls ? "Not needed: TLS proves who answers" + trouble
            : Health.RequiresMessageAuthenticator ? (Health.SignedAnswers > 0 ? "Required, and seen" : "Required, not seen yet") + trouble
            : (Health.UnsignedAnswers > 0 ? $"Not required: {Health.UnsignedAnswers} replies came without it and were believed" : Health.SignedAnswers > 0 ? "Not required, though the server sends it: require it" : "Not required") + trouble;
    }

    /// <summary>What each kind of reply that is not believed means.</summary>
    public static string Words(DropReason reason) => reason switch
    {
        DropReason.WrongAuthenticator => "Wrong authenticator: another shared secret, or a forgery. Compare the secret on both sides.",
        DropReason.WrongMessageAuthenticator => "Wrong Message-Authenticator: a forgery, or a proxy that changes replies.",
        DropReason.MissingMessageAuthenticator => "No Message-Authenticator: such a reply can be forged (CVE-2024-3596). Have the server sign its replies.",
        DropReason.UnknownIdentifier => "Answers nothing that waits: late, repeated or uncalled-for.",
        DropReason.Late => "Authentic, but nobody waits for it any more.",
        DropReason.WrongCode => "Its code answers no such request.",
        DropReason.UnknownSource => "From an address that no setting names.",
        DropReason.Overload => "Too many were being handled.",
        _ => "No RADIUS packet.",
    };
}
