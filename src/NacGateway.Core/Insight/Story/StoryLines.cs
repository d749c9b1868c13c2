using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Story;

/// <summary>Puts the entries of a timeline into words: the one place for pages and API.</summary>
public static class StoryLines
{
    /// <summary>Later than this a record of accounting was delivered late.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(10);

    /// <summary>All lines, oldest first.</summary>
    public static IReadOnlyList<StoryLine> Of(SessionStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return [.. story.Entries.Select(Of)];
    }

    private static StoryLine Of(TimelineEntry entry) => entry switch
    {
        TimelineEntry.Arrived arrived => Arrived(arrived),
        TimelineEntry.PortalOpened opened => Line(opened, StoryFacet.SignIn, StoryMark.Plain, "Portal opened", Sentence.Of("The client opened the sign-in page for the first time.")),
        TimelineEntry.Attempted attempted => Decided(attempted, attempted.Decision, attempted.Exchange, "Another sign-in of this client"),
        TimelineEntry.Decided decided => Decided(decided, decided.Decision, decided.Exchange, prefix: null),
        TimelineEntry.Opened opened => Line(opened, StoryFacet.Session, StoryMark.Good, "Session began", Sentence.Of("The gate was opened.")),
        TimelineEntry.Ended ended => Line(ended, StoryFacet.Session, StoryMark.Plain, "Session ended", $"Acct-Terminate-Cause {Sentence.Of(SessionCauses.NameOf(ended.Cause))} ({(int)ended.Cause}). The gate was shut."),
        TimelineEntry.Noted noted => Line(noted, StoryFacet.Admin, noted.Event.Kind == SessionEventKind.Refused ? StoryMark.Warn : StoryMark.Admin, EventWords.Title(noted.Event.Kind), EventWords.Of(noted.Event)),
        TimelineEntry.AccountingDelivered delivered => Delivered(delivered),
        TimelineEntry.AccountingWaits waits => Waits(waits),
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, "There are no words for this entry."),
    };

    private static StoryLine Arrived(TimelineEntry.Arrived arrived)
    {
        var (title, answer) = arrived.Contact.Answer switch
        {
            ArrivalAnswer.Redirect => ("Connectivity probe redirected", "It was led to the portal by a redirect."),
            ArrivalAnswer.Probe => ("Connectivity probe answered", "It got 511 with the link to the portal."),
            _ => ("Request answered by the gate", "It got 511 with the link to the portal."),
        };
        Sentence agent = arrived.UserAgent is { Length: > 0 } name ? $" User-Agent {name}." : Sentence.Empty;
        Sentence often = arrived.Contact.Count > 1 ? $" {arrived.Contact.Count} times." : Sentence.Empty;
        return Line(arrived, StoryFacet.SignIn, StoryMark.Plain, title, $"For {arrived.Contact.Host ?? "a host that is not known"}. {Sentence.Of(answer)}{often}{agent}");
    }

    private static StoryLine Decided(TimelineEntry entry, PolicyDecision decision, ExchangeRecord? exchange, string? prefix)
    {
        var (title, mark) = DecisionKinds.Of(decision) switch
        {
            DecisionKind.Challenged => ("Asked for one more step", StoryMark.Info),
            DecisionKind.Renewed => ("Accepted again", StoryMark.Good),
            DecisionKind.NotRenewed => ("Not accepted again", StoryMark.Bad),
            DecisionKind.Reapplied => ("Put under other rules", StoryMark.Admin),
            DecisionKind.Withdrawn => ("Refused by other rules", StoryMark.Bad),
            _ => decision.IsGranted ? ("Signed in", StoryMark.Good) : ("Not let in", StoryMark.Bad),
        };
        return Line(entry, StoryFacet.SignIn, mark, prefix is null ? title : $"{prefix}: {char.ToLowerInvariant(title[0])}{title[1..]}", DecisionHeadline.Of(decision)) with { Exchange = exchange, DecisionId = decision.Id };
    }

    private static StoryLine Delivered(TimelineEntry.AccountingDelivered entry)
    {
        var isLate = entry.Delay > s_late;
        return Line(entry, StoryFacet.Accounting, isLate ? StoryMark.Warn : StoryMark.Plain, $"{Name(entry.Delivery.Status)} delivered{(isLate ? " late" : "")}", $"{entry.Delivery.ServerName ?? "a server"} acknowledged it {Sentence.Of(Took(entry.Delay))} after the event.");
    }

    private static StoryLine Waits(TimelineEntry.AccountingWaits entry) => entry.SetAside is { } reason
        ? Line(entry, StoryFacet.Accounting, StoryMark.Bad, $"{Name(entry.Status)} set aside", $"It is not sent any more: {reason}")
        : Line(entry, StoryFacet.Accounting, StoryMark.Info, $"{Name(entry.Status)} waits", Sentence.Of("No server has acknowledged it yet; it is sent again until one does."));

    private static string Name(AcctStatusType status) => status switch
    {
        AcctStatusType.Start => "Accounting Start",
        AcctStatusType.Stop => "Accounting Stop",
        AcctStatusType.InterimUpdate => "Accounting update",
        _ => $"Accounting {status}",
    };

    private static string Took(TimeSpan delay) => delay.TotalSeconds < 1
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{delay.TotalMilliseconds:0} ms")
        : delay.TotalMinutes < 2 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{delay.TotalSeconds:0.0} s")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{delay.TotalMinutes:0} min");

    private static StoryLine Line(TimelineEntry entry, StoryFacet facet, StoryMark mark, string title, Sentence text) =>
        new() { At = entry.At, Facet = facet, Mark = mark, Title = title, Text = text };
}
