using System.Reflection;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>Every record that the gateway can write has a sentence that says exactly what happened.</summary>
public sealed class DecisionStoryTests
{
    /// <summary>Names of outcomes that the code can write: a new one without words fails here.</summary>
    public static TheoryData<string> Outcomes =>
    [
        .. typeof(LoginOutcome).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(LoginOutcome))).Select(type => type.Name),
        .. Constants(typeof(DecisionOutcomes)),
        .. Constants(typeof(ReviewOutcomes)),
    ];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Each_outcome_has_words_of_its_own(string outcome)
    {
        var kind = DecisionKinds.Find(outcome);
        var unknown = DecisionHeadline.Of(Record("of a later release")).ToString();

        var words = DecisionHeadline.Of(Record(outcome)).ToString();

        Assert.NotEqual(DecisionKind.Unknown, kind);
        Assert.Equal(outcome, kind.ToString(), StringComparer.Ordinal);
        Assert.NotEqual(DecisionVerdict.None, DecisionKinds.VerdictOf(kind));
        Assert.NotEqual(unknown, words, StringComparer.Ordinal);
        Assert.EndsWith(".", words, StringComparison.Ordinal);
        Assert.NotEmpty(DecisionStory.Of(Record(outcome)).Steps);
    }

    [Fact]
    public void No_two_outcomes_have_the_same_words()
    {
        var words = Outcomes.Select(row => row.Data).Distinct(StringComparer.Ordinal).Select(outcome => DecisionHeadline.Of(Record(outcome)).ToString()).ToList();

        Assert.Equal(words.Count, words.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("Rejected", "Refused: server dc-1 answered Access-Reject in 33 ms, Reply-Message 'account locked'.")]
    [InlineData("Challenged", "One more step: server dc-1 answered Access-Challenge in 33 ms, Reply-Message 'account locked'.")]
    [InlineData("PasswordExpired", "Refused: server dc-1 answered Access-Reject in 33 ms, Reply-Message 'account locked': the password has expired (MS-CHAP error 648).")]
    [InlineData("WrongSecret", "Refused: reply of dc-1 dropped: Message-Authenticator or Response Authenticator wrong (shared secret?).")]
    [InlineData("MissingMessageAuthenticator", "Refused: reply of dc-1 dropped: it has no Message-Authenticator.")]
    [InlineData("NoAnswer", "Refused: no reply from dc-1.")]
    [InlineData("Refused", "Refused by rule 'night', though server dc-1 answered Access-Accept in 33 ms, Reply-Message 'account locked'.")]
    [InlineData("Withdrawn", "Ended: k.ito put the session under version 7 of the rules, which refuse it by rule 'night'.")]
    public void The_sentence_is_exact(string outcome, string sentence)
    {
        var decision = Record(outcome) with { Rule = outcome is "Refused" or "Withdrawn" ? "night" : null, Words = "k.ito put the session under version 7 of the rules. Rule 'night' held." };

        Assert.Equal(sentence, DecisionHeadline.Of(decision).ToString());
    }

    [Fact]
    public void What_only_the_words_know_is_in_the_sentence()
    {
        var devices = Record("SignedIn") with { IsGranted = true, Rule = "staff" };
        var unusable = AccessJudge.Unusable("Session-Timeout has 3 octets", AccessPolicy.None);
        var waiting = Record("Throttled") with { Words = "No server was asked: too many tries of this user or from this client had failed. The next one may be made at 14:20:05 UTC." };

        Assert.StartsWith("Refused: 2 of 3 devices of the user were online already, though server dc-1 answered Access-Accept", DecisionHeadline.Of(devices.Without(2, 3)).ToString(), StringComparison.Ordinal);
        Assert.Equal("Refused: server dc-1 answered in 33 ms, but that counts as a Reject: Session-Timeout has 3 octets.", DecisionHeadline.Of(Record("UnusableAccept") with { Words = "7K2-91F: dc-1 answered. " + unusable.Words }).ToString());
        Assert.Equal("Refused: too many tries had failed, so no server was asked; the next try may be made at 14:20:05 UTC.", DecisionHeadline.Of(waiting).ToString());
        Assert.Contains("without a check of the password", DecisionHeadline.Of(Record("SignedIn") with { ElapsedMilliseconds = null }).ToString(), StringComparison.Ordinal);
        Assert.Contains("more than the 8 times", DecisionHeadline.Of(Record("Rejected") with { Words = $"dc-1 rejected it: {LoginReply.TooManySteps}." }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_wrote_is_told_apart_from_the_sentence()
    {
        var headline = DecisionHeadline.Of(Record("Rejected") with { ReplyMessage = "<script>'; server dc-9 answered Access-Accept" });

        Assert.Equal(["dc-1", "<script>'; server dc-9 answered Access-Accept"], headline.Parts.Where(part => part.IsForeign).Select(part => part.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void An_abandoned_challenge_is_told_as_one_once_there_was_time()
    {
        static string? After(bool? isLast) => DecisionStory.Of(Record("Challenged"), isLast: isLast).Steps.SingleOrDefault(step => step.Kind == StoryStepKind.After)?.Title;

        Assert.Equal("Abandoned", After(true));
        Assert.Equal("Went on", After(false));
        Assert.Null(After(null));
    }

    [Fact]
    public void Every_way_to_ask_a_server_and_every_change_of_a_session_has_words()
    {
        var ways = Enum.GetValues<ExchangeStatus>().Select(status => ExchangeWords.Of(status)).ToList();
        var changes = Enum.GetValues<SessionEventKind>().Select(EventWords.Title).ToList();

        Assert.Equal(ways.Count, ways.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(changes.Count, changes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("By CoA client 192.0.2.21: Idle-Timeout 5 min", EventWords.Of(new SessionEvent { AcctSessionId = "s", At = default, Kind = SessionEventKind.Changed, By = "CoA client 192.0.2.21", Text = "Idle-Timeout 5 min" }).ToString());
    }

    private static PolicyDecision Record(string outcome) => new()
    {
        At = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
        AcctSessionId = "s1",
        UserName = "alice",
        ClientAddress = "192.0.2.7",
        Outcome = outcome,
        ServerName = "dc-1",
        ElapsedMilliseconds = 33,
        ReplyMessage = "account locked",
        PolicyVersion = 7,
        IsGranted = false,
        Words = "Access was refused.",
    };

    private static IEnumerable<string> Constants(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!);
}
