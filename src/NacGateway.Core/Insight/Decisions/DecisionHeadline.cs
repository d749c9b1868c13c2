using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>A decision in one sentence, exact enough that an administrator knows what to do next.</summary>
public static partial class DecisionHeadline
{
    private const int LongestMessage = 253;

    /// <summary>The sentence.</summary>
    public static Sentence Of(PolicyDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return DecisionKinds.Of(decision) switch
        {
            DecisionKind.SignedIn when decision.ElapsedMilliseconds is null => $"Signed in without a check of the password, because no RADIUS server answered{Role(decision)}.",
            DecisionKind.SignedIn => $"Signed in: {Answer(decision, "Access-Accept")}{Rule(decision)}{Role(decision)}.",
            DecisionKind.Challenged => $"One more step: {Answer(decision, "Access-Challenge")}.",
            DecisionKind.Rejected when decision.Words.Contains(LoginReply.TooManySteps, StringComparison.Ordinal) => $"Refused: {Answer(decision, "Access-Challenge")} once more than the {LoginReply.MostSteps} times that are allowed.",
            DecisionKind.Rejected => $"Refused: {Answer(decision, "Access-Reject")}.",
            DecisionKind.PasswordExpired => $"Refused: {Answer(decision, "Access-Reject")}: the password has expired (MS-CHAP error 648).",
            DecisionKind.OutsideHours => $"Refused: {Answer(decision, "Access-Reject")}: outside the hours of the account (MS-CHAP error 646).",
            DecisionKind.AccountDisabled => $"Refused: {Answer(decision, "Access-Reject")}: the account is disabled (MS-CHAP error 647).",
            DecisionKind.NotPermitted => $"Refused: {Answer(decision, "Access-Reject")}: the account may not use this network (MS-CHAP error 649).",
            DecisionKind.UnusableAccept => $"Refused: {Answered(decision)}, but that counts as a Reject{Because(decision)}.",
            DecisionKind.Refused when decision.ElapsedMilliseconds is null => $"Refused by rule '{decision.Rule}'; no RADIUS server answered.",
            DecisionKind.Refused => $"Refused by rule '{decision.Rule}', though {Answer(decision, "Access-Accept")}.",
            DecisionKind.DeviceLimit => $"Refused: {Devices(decision)}, though {Answer(decision, "Access-Accept")}.",
            DecisionKind.StorageUnavailable => $"Refused: {Accepted(decision)}, but the database could not record the session.",
            _ => Silent(decision),
        };
    }

    /// <summary>Of what no server has answered, and of what was decided about an open session.</summary>
    private static Sentence Silent(PolicyDecision decision) => DecisionKinds.Of(decision) switch
    {
        DecisionKind.NoAnswer when decision.ServerName is null => Sentence.Of("Refused: there was no RADIUS server to ask."),
        DecisionKind.NoAnswer => $"Refused: no reply from {decision.ServerName}.",
        DecisionKind.WrongSecret => $"Refused: reply of {decision.ServerName} dropped: Message-Authenticator or Response Authenticator wrong (shared secret?).",
        DecisionKind.MissingMessageAuthenticator => $"Refused: reply of {decision.ServerName} dropped: it has no Message-Authenticator.",
        DecisionKind.Throttled => $"Refused: too many tries had failed, so no server was asked{Until(decision)}.",
        DecisionKind.ChallengeExpired => Sentence.Of("Refused: the challenge that was answered is not there, was answered already, or is older than five minutes."),
        DecisionKind.NotSendable => Sentence.Of("Refused: RADIUS cannot carry what was typed, so no server was asked."),
        DecisionKind.Busy when decision.Exchange is null && decision.ServerName is null => Sentence.Of("Refused: too many sign-ins were under way, so no server was asked."),
        DecisionKind.Busy => $"Refused: {Accepted(decision)}, but too many changes were waiting for the database.",
        DecisionKind.Renewed => $"Goes on: asked again, {Answer(decision, "Access-Accept")}{Rule(decision)}{Role(decision)}.",
        DecisionKind.NotRenewed when decision.Rule is not null => $"Ended by rule '{decision.Rule}': asked again, {Answered(decision)}.",
        DecisionKind.NotRenewed => $"Ended: asked again, {Answered(decision)} and did not accept{Message(decision)}{Because(decision)}.",
        DecisionKind.Reapplied => $"Changed: {By(decision)} put the session under version {decision.PolicyVersion} of the rules{Rule(decision)}{Role(decision)}.",
        DecisionKind.Withdrawn => $"Ended: {By(decision)} put the session under version {decision.PolicyVersion} of the rules, which {(decision.Rule is null ? Sentence.Of("refuse it") : $"refuse it by rule '{decision.Rule}'")}.",
        _ => decision.IsGranted ? $"Signed in{Rule(decision)}{Role(decision)}." : decision.Rule is null ? Sentence.Of("Refused.") : $"Refused by rule '{decision.Rule}'.",
    };

    /// <summary>"server dc-1 answered Access-Reject in 33 ms, Reply-Message 'account locked'", as part of a sentence.</summary>
    private static Sentence Answer(PolicyDecision decision, string packet) => $"server {decision.ServerName} answered {Sentence.Of(packet)}{Took(decision)}{Message(decision)}";

    private static Sentence Answered(PolicyDecision decision) => $"server {decision.ServerName} answered{Took(decision)}";

    private static Sentence Accepted(PolicyDecision decision) => decision.ElapsedMilliseconds is null ? Sentence.Of("the rules would let the user in without an answer") : Answer(decision, "Access-Accept");

    private static Sentence Took(PolicyDecision decision) => decision.ElapsedMilliseconds is > 0 and var elapsed ? $" in {elapsed} ms" : Sentence.Empty;

    private static Sentence Message(PolicyDecision decision) => decision.ReplyMessage is { Length: > 0 } message ? $", Reply-Message '{DecisionWords.Cut(message, LongestMessage)}'" : Sentence.Empty;

    private static Sentence Rule(PolicyDecision decision) => decision.Rule is null ? Sentence.Empty : $", rule '{decision.Rule}' held";

    private static Sentence Role(PolicyDecision decision) => decision.Role is null ? Sentence.Empty : $", role {decision.Role}";

    private static Sentence Because(PolicyDecision decision) => UnusableWords.Find(decision.Words) is { } reason ? $": {reason}" : Sentence.Empty;

    private static Sentence Devices(PolicyDecision decision) => DeviceCount().Match(decision.Words) is { Success: true } found
        ? $"{Number(found, "online")} of {Number(found, "most")} devices of the user were online already"
        : Sentence.Of("as many devices of the user were online already as may be");

    private static Sentence Until(PolicyDecision decision) => WaitUntil().Match(decision.Words) is { Success: true } found ? $"; the next try may be made at {Sentence.Of(found.Groups["until"].Value)}" : Sentence.Empty;

    private static Sentence By(PolicyDecision decision) =>
        decision.Words.IndexOf(" put the session under version", StringComparison.Ordinal) is > 0 and var end ? $"{decision.Words[..end]}" : Sentence.Of("somebody");

    private static long Number(Match found, string group) => long.TryParse(found.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("But (?<online>[0-9]{1,9}) of (?<most>[0-9]{1,9}) devices are online already", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeviceCount();

    [GeneratedRegex("The next one may be made at (?<until>[0-9:]{8} UTC)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WaitUntil();
}
