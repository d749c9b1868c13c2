using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>
/// Makes a recorded decision once more, by the rules and the answer that it was made from, to tell how each rule fared. Where it would come
/// out otherwise (the settings have changed since), nothing is told rather than something wrong. Safe for concurrent use.
/// </summary>
public sealed class DecisionReplays(PolicyStore store, SessionTerms terms, IOptions<RadiusOptions> options)
{
    /// <summary>The decision once more; null where no rule was asked, or what it was made from is not there any more.</summary>
    public async Task<DecisionReplay?> RunAsync(PolicyDecision record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!IPAddress.TryParse(record.ClientAddress, out var client) || !KeptAccept.TryRead(record.Exchange, out var accept, out _) || record.Words.EndsWith(UnusableWords.NoRule, StringComparison.Ordinal))
        {
            return null;
        }

        var policy = record.PolicyVersion == 0 ? AccessPolicy.None : await FindAsync(record.PolicyVersion, cancellationToken).ConfigureAwait(false);
        if (policy is null)
        {
            return null;
        }

        var query = new AccessQuery
        {
            UserName = record.UserName,
            ClientAddress = client,
            CallingStationId = record.CallingStationId,
            CalledStationId = options.Value.CalledStationId is { Length: > 0 } place ? place : null,
            At = record.At,
        };
        var context = terms.Of(record.At) with { Policy = policy, RejectsUnknownAttributes = options.Value.RejectUnknownAttributes };
        var decision = AccessJudge.Judge(accept, query, context, out _);
        var isSame = decision.Rule == record.Rule && (decision.IsGranted == record.IsGranted || DecisionKinds.Of(record) == DecisionKind.DeviceLimit)
            && (!record.IsGranted || decision.Limits.Role == record.Role);
        return isSame ? new DecisionReplay(decision, AccessJudge.Trace(accept, query, context)) : null;
    }

    private async Task<AccessPolicy?> FindAsync(int version, CancellationToken cancellationToken) =>
        await store.FindAsync(version, cancellationToken).ConfigureAwait(false) is { } text && PolicyDocument.TryParse(text.Document, version, out var policy, out _) ? policy : null;
}
