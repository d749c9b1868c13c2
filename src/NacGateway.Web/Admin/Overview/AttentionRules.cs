using NacGateway.Radius.Client;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Admin.Radius;

namespace NacGateway.Web.Admin.Overview;

/// <summary>Says what needs a person, the worst first. Each line names the rule by which it is there, and leads to where one can act.</summary>
internal static class AttentionRules
{
    /// <summary>How far the rules on sign-ins look back.</summary>
    public static readonly TimeSpan Lookback = TimeSpan.FromMinutes(15);

    /// <summary>So many sign-ins at least, or a share of them says nothing.</summary>
    private const int Telling = 20;

    private const double ScarceShare = 0.02;
    private const long ScarceOctets = 500_000_000;

    /// <summary>So long before its end a certificate is spoken of.</summary>
    private static readonly TimeSpan s_notice = TimeSpan.FromDays(21);

    /// <summary>An outbox whose oldest record is older waits for something.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<AttentionItem> Of(OverviewFacts facts) =>
        [.. Gateway(facts).Concat(Servers(facts)).Concat(Certificates(facts)).Concat(SignIns(facts)).Concat(Accounting(facts)).Concat(Sessions(facts)).OrderByDescending(item => Badness(item.Look))];

    private static int Badness(Look look) => look switch { Look.Bad => 2, Look.Warn => 1, _ => 0 };

    private static IEnumerable<AttentionItem> Gateway(OverviewFacts facts) => Checks(facts).Concat(facts.Disk is { } disk && (disk.Share < ScarceShare || disk.Octets < ScarceOctets)
        ? [new AttentionItem("disk", Look.Bad, $"The disk of the database has {DeskFormat.Octets(disk.Octets)} left", "When it is full nobody can sign in and no accounting is kept: make room, or shorten what is kept.", $"Less than {DeskFormat.Percent(ScarceShare)} or {DeskFormat.Octets(ScarceOctets)} free.")]
        : []);

    private static IEnumerable<AttentionItem> Checks(OverviewFacts facts) => facts.Checks.Where(check => !check.IsReady || check.IsDegraded).Select(check =>
        new AttentionItem($"check-{check.Name}", check.IsReady ? Look.Warn : Look.Bad, $"{Capital(check.Name)}: {check.Detail}", check.IsReady ? "People can sign in all the same." : "Nobody can sign in.", "A probe of /healthz/ready says so."));

    private static IEnumerable<AttentionItem> Certificates(OverviewFacts facts)
    {
        if (facts.PortalCertificateEnds is { } portalEnd && portalEnd - facts.At < s_notice)
        {
            var isOver = portalEnd <= facts.At;
            yield return new AttentionItem("certificate-portal", isOver ? Look.Bad : Look.Warn, isOver ? "The portal's certificate has expired" : $"The portal's certificate ends in {DeskFormat.Duration(portalEnd - facts.At)}",
                "Browsers warn of an expired one, and people cannot sign in. Have it renewed, then restart the gateway.", $"It ends within {s_notice.TotalDays:0} days.");
        }

        foreach (var server in facts.Servers)
        {
            foreach (var (ends, whose, what) in new[]
            {
                (server.OwnCertificateEnds, "own", $"The gateway's certificate towards {server.Name}"),
                (server.PeerCertificateEnds, "peer", $"The certificate of {server.Name}"),
            })
            {
                if (ends is { } end && end - facts.At < s_notice)
                {
                    var isOver = end <= facts.At;
                    yield return new AttentionItem($"certificate-{whose}-{server.Name}", isOver ? Look.Bad : Look.Warn, isOver ? $"{what} has expired" : $"{what} ends in {DeskFormat.Duration(end - facts.At)}",
                        "Without a valid one there is no connection, and no sign-in through that server. Have it renewed, then restart the gateway.", $"It ends within {s_notice.TotalDays:0} days.") { Href = RadiusLinks.Of(server.Name), Verb = "Open server" };
                }
            }
        }
    }

    private static IEnumerable<AttentionItem> Servers(OverviewFacts facts)
    {
        var alive = facts.Servers.Where(server => server.State is ServerState.Alive or ServerState.Probing).Select(server => server.Name).Distinct(StringComparer.Ordinal).ToList();
        foreach (var server in facts.Servers)
        {
            var href = RadiusLinks.Of(server.Name);
            if (server.State == ServerState.Dead)
            {
                yield return new AttentionItem($"dead-{server.Name}-{server.EndPoint}", Look.Bad, $"{server.Name} does not answer",
                    alive.Count == 0 ? $"No other server answers: nobody can sign in.{Error(server)}" : $"Sign-ins use {string.Join(", ", alive)}. No user is affected while one of them answers.{Error(server)}",
                    "Several requests in a row found no answer.") { Since = server.Since, Href = href, Verb = "Open server" };
            }
            else if (server.State == ServerState.Suspect)
            {
                yield return new AttentionItem($"suspect-{server.Name}-{server.EndPoint}", Look.Warn, $"{server.Name} left a request unanswered",
                    alive.Count == 0 ? "No other server answers." : $"Requests are sent to {string.Join(", ", alive)} beside it.", "The last request found no answer.") { Since = server.Since, Href = href, Verb = "Open server" };
            }

            if (!server.RequiresMessageAuthenticator)
            {
                yield return new AttentionItem($"unsigned-{server.Name}", Look.Warn, $"Replies of {server.Name} can be forged",
                    "Require Message-Authenticator for it, or use TLS (CVE-2024-3596).", "RequireMessageAuthenticator is off for it.") { Href = href, Verb = "Open server" };
            }

            if (facts.Unbelieved.GetValueOrDefault(server.Name) is > 0 and var drops)
            {
                yield return new AttentionItem($"drops-{server.Name}", Look.Warn, $"{DeskFormat.Counted(drops, "reply", "replies")} of {server.Name} could not be believed",
                    "Compare the shared secret; if it is right, somebody forges replies.", $"Any in {Lookback.TotalMinutes:0} minutes.") { Href = href, Verb = "Open server" };
            }
        }
    }

    private static IEnumerable<AttentionItem> SignIns(OverviewFacts facts)
    {
        var (refused, unanswered) = (facts.Recent.Refused, facts.Recent.Unanswered);
        var all = facts.Recent.Accepted + refused + unanswered;
        if (unanswered > 0)
        {
            yield return new AttentionItem("unanswered", Look.Bad, $"{DeskFormat.Counted(unanswered, "sign-in", "sign-ins")} had no answer",
                "Those people were told to try again; their password was not checked.", $"Any in {Lookback.TotalMinutes:0} minutes.") { Href = "/decisions?reason=no-answer&range=15m", Verb = "Show them" };
        }

        if (all >= Telling && refused * 2 > all)
        {
            yield return new AttentionItem("refused", Look.Warn, $"{DeskFormat.Percent((double)refused / all)} of the sign-ins are refused",
                "More than usual: a directory that lost its users, or somebody who guesses passwords.", $"More than half of at least {Telling} in {Lookback.TotalMinutes:0} minutes.") { Href = "/decisions?range=15m", Verb = "See why" };
        }
    }

    private static IEnumerable<AttentionItem> Accounting(OverviewFacts facts)
    {
        if (facts.Silence is { } silence)
        {
            yield return new AttentionItem("silence", Look.Bad, "No server acknowledges accounting",
                $"{DeskFormat.Counted(facts.Waiting, "record waits", "records wait")} in the database and will be sent. {silence.Problem.TrimEnd('.')}.", "No acknowledgement while records wait.") { Since = silence.Since, Href = "/radius", Verb = "Open servers" };
        }
        else if (facts.Waiting > 0 && facts.OldestAt is { } oldest && facts.At - oldest > s_patience)
        {
            yield return new AttentionItem("outbox", Look.Warn, $"{DeskFormat.Counted(facts.Waiting, "accounting record waits", "accounting records wait")}",
                "They are sent in their order; nothing is lost.", $"The oldest waits for more than {s_patience.TotalMinutes:0} minutes.") { Since = oldest, Href = "/radius", Verb = "Open servers" };
        }

        if (facts.SetAside > 0)
        {
            yield return new AttentionItem("set-aside", Look.Warn, $"{DeskFormat.Counted(facts.SetAside, "accounting record is", "accounting records are")} set aside",
                "No server takes them. nacgateway accounting list names them.", "Any at all.");
        }
    }

    private static IEnumerable<AttentionItem> Sessions(OverviewFacts facts)
    {
        if (facts.Stale > 0)
        {
            yield return new AttentionItem("stale", Look.Warn, $"{DeskFormat.Counted(facts.Stale, "stale session", "stale sessions")}",
                "Open in the database, but no gateway reports them.", "No report for three intervals.") { Href = "/sessions?state=stale", Verb = "Review" };
        }
    }

    private static string Error(ServerHealth server) => server.LastError is { Length: > 0 } error ? $" Last error: {error.TrimEnd('.')}." : "";

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
