using System.Globalization;
using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Desk.Rules;

/// <summary>What administrators do with rules: the one place for pages and API.</summary>
internal sealed partial class RulesDesk(PolicyStore store, PolicyUpkeep upkeep, PolicyBook book, LiveApplication live, DeskAudit audit, ILogger<RulesDesk> log)
{
    private const int LongestAuthor = 253;

    /// <summary>The rules in force as kept; null for none.</summary>
    public Task<PolicyText?> CurrentAsync(CancellationToken cancellationToken) => store.CurrentAsync(cancellationToken);

    /// <summary>Puts a document in force, if it is right and the version that it was made from is still in force.</summary>
    /// <param name="user">Who.</param>
    /// <param name="document">The JSON.</param>
    /// <param name="expected">The version that it was made from; 0 for none.</param>
    /// <param name="changesLive">Whether open sessions are put under it, too.</param>
    /// <param name="cancellationToken">Ends the wait before anything is done.</param>
    public async Task<PolicySaved> SaveAsync(DeskUser user, string document, int expected, bool changesLive, CancellationToken cancellationToken)
    {
        var draft = PolicyDraft.Read(document, expected + 1);
        var current = await store.CurrentAsync(cancellationToken);
        var newest = current?.Version ?? 0;
        if (draft.Policy is null || newest != expected || current?.Document == document)
        {
            return new PolicySaved(new PolicyApplied(newest, IsNew: false, [.. draft.Errors.Select(error => error.Text)]) { IsOvertaken = newest != expected && current?.Document != document }, Live: null);
        }

        var target = string.Create(CultureInfo.InvariantCulture, $"version {expected + 1}");
        await audit.RecordAsync(user, "policy.save", target, Detail(current, document, changesLive));
        var applied = await store.ApplyAsync(document, Author(user), expected, CancellationToken.None);
        if (!applied.IsNew)
        {
            await audit.RecordAsync(user, "policy.save", target, $"Somebody else saved version {applied.Version} at the same time.", "failed");
            return new PolicySaved(applied, Live: null);
        }

        await upkeep.FollowAsync(CancellationToken.None);
        Log.Saved(log, applied.Version, user.Name);
        return new PolicySaved(applied, changesLive ? await ApplyLiveAsync(user) : null);
    }

    /// <summary>Puts open sessions under the rules in force, as the dry run says.</summary>
    public async Task<LiveOutcome> ApplyLiveAsync(DeskUser user)
    {
        var policy = book.Current;
        var target = string.Create(CultureInfo.InvariantCulture, $"version {policy.Version}");
        await audit.RecordAsync(user, "policy.apply-live", target, "Open sessions are put under these rules.", "asked");
        LiveOutcome outcome;
        try
        {
            // Not the request's token: who hangs up has asked all the same, and half of it is nobody's wish.
            outcome = await live.RunAsync(policy, user.Name, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            Log.NotApplied(log, policy.Version);
            throw;
        }

        await audit.RecordAsync(user, "policy.apply-live", target, string.Create(CultureInfo.InvariantCulture, $"{outcome.Changed} changed, {outcome.Ended} ended, {outcome.Missed} missed, {outcome.NotJudged} left as they are."));
        return outcome;
    }

    /// <summary>The name under which a version is kept; that of seeded ones is not to be had.</summary>
    private static string Author(DeskUser user)
    {
        var name = user.Name == PolicyStore.Seed ? $"administrator {user.Name}" : user.Name;
        return name.Length <= LongestAuthor ? name : name[..LongestAuthor];
    }

    private static string Detail(PolicyText? current, string document, bool changesLive)
    {
        var changes = LineDifference.Of(current?.Document ?? "", document);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Replaces version {current?.Version ?? 0}: {changes.Count(line => line.Kind == LineChangeKind.Added)} lines added, {changes.Count(line => line.Kind == LineChangeKind.Removed)} removed{(changesLive ? "; open sessions are put under it" : "")}.");
    }

    private static partial class Log
    {
        [LoggerMessage(8500, LogLevel.Information, "{User} has put version {Version} of the rules in force")]
        public static partial void Saved(ILogger logger, int version, string user);

        [LoggerMessage(8501, LogLevel.Error, "Open sessions were not all put under version {Version} of the rules, because the database does not take it. Apply it to them again.")]
        public static partial void NotApplied(ILogger logger, int version);
    }
}
