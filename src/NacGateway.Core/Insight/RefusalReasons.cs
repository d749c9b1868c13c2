using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight;

/// <summary>Counts why sign-ins were refused. Safe for concurrent use.</summary>
public sealed class RefusalReasons(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>Different messages that are looked at: a server may put a name or a number into each.</summary>
    private const int MostMessages = 1000;

    /// <summary>Words of Reply-Messages and what they come to; the first that is found counts.</summary>
    internal static readonly IReadOnlyList<(string Word, RefusalKind Kind)> Words =
    [
        ("lock", RefusalKind.AccountClosed), ("disabl", RefusalKind.AccountClosed), ("suspend", RefusalKind.AccountClosed), ("gesperrt", RefusalKind.AccountClosed),
        ("expire", RefusalKind.Expired), ("abgelaufen", RefusalKind.Expired),
        ("hours", RefusalKind.OutsideHours), ("time of day", RefusalKind.OutsideHours),
        ("not permitted", RefusalKind.NotPermitted), ("not allowed", RefusalKind.NotPermitted), ("not authorized", RefusalKind.NotPermitted), ("denied", RefusalKind.NotPermitted),
        ("too many", RefusalKind.TooManyDevices), ("already logged in", RefusalKind.TooManyDevices),
        ("password", RefusalKind.WrongCredentials), ("passwort", RefusalKind.WrongCredentials), ("credential", RefusalKind.WrongCredentials), ("incorrect", RefusalKind.WrongCredentials),
        ("invalid", RefusalKind.WrongCredentials), ("unknown user", RefusalKind.WrongCredentials), ("wrong", RefusalKind.WrongCredentials),
    ];

    /// <summary>The reasons of a time, the most frequent first.</summary>
    public async Task<IReadOnlyList<RefusalReason>> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        const string challenged = nameof(LoginOutcome.Challenged);
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var groups = await database.Set<PolicyDecision>().AsNoTracking()
                .Where(decision => decision.At >= from && decision.At < to && !decision.IsGranted && decision.Outcome != null && decision.Outcome != challenged)
                .GroupBy(decision => new { decision.Outcome, decision.ReplyMessage })
                .Select(same => new { same.Key.Outcome, same.Key.ReplyMessage, Count = same.Count() })
                .OrderByDescending(same => same.Count)
                .Take(MostMessages)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. groups.GroupBy(same => (Kind: KindOf(same.Outcome!, same.ReplyMessage), same.Outcome))
                .Select(reason => new RefusalReason(reason.Key.Kind, reason.Key.Outcome!, reason.Sum(same => same.Count), reason.FirstOrDefault(same => same.ReplyMessage is not null)?.ReplyMessage))
                .OrderByDescending(reason => reason.Count)];
        }
    }

    /// <summary>What an outcome and what the server said with it come to.</summary>
    public static RefusalKind KindOf(string outcome, string? replyMessage) => outcome switch
    {
        _ when DependsOnMessage(outcome) => KindOf(replyMessage),
        nameof(LoginOutcome.PasswordExpired) => RefusalKind.Expired,
        nameof(LoginOutcome.OutsideHours) => RefusalKind.OutsideHours,
        nameof(LoginOutcome.AccountDisabled) => RefusalKind.AccountClosed,
        nameof(LoginOutcome.NotPermitted) => RefusalKind.NotPermitted,
        nameof(LoginOutcome.DeviceLimit) => RefusalKind.TooManyDevices,
        nameof(LoginOutcome.Refused) or ReviewOutcomes.Withdrawn => RefusalKind.Rule,
        nameof(LoginOutcome.NoAnswer) => RefusalKind.NoAnswer,
        nameof(LoginOutcome.WrongSecret) or nameof(LoginOutcome.MissingMessageAuthenticator) or nameof(LoginOutcome.UnusableAccept) => RefusalKind.Misconfigured,
        nameof(LoginOutcome.Throttled) => RefusalKind.Throttled,
        nameof(LoginOutcome.Busy) or nameof(LoginOutcome.StorageUnavailable) => RefusalKind.Gateway,
        nameof(LoginOutcome.ChallengeExpired) or nameof(LoginOutcome.NotSendable) => RefusalKind.Unfinished,
        _ => RefusalKind.Rejected,
    };

    /// <summary>Whether what the server said decides what an outcome comes to.</summary>
    internal static bool DependsOnMessage(string outcome) => outcome is nameof(LoginOutcome.Rejected) or DecisionOutcomes.NotRenewed;

    private static RefusalKind KindOf(string? replyMessage)
    {
        foreach (var (word, kind) in Words)
        {
            if (replyMessage?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
            {
                return kind;
            }
        }

        return RefusalKind.Rejected;
    }
}
