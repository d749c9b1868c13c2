using NacGateway.Core.Audit;

namespace NacGateway.Web.Desk.Trail;

/// <summary>Verifies the audit trail for an administrator, one at a time, and keeps what came of it in the trail itself.</summary>
internal sealed class TrailCheck(AuditVerification verification, AuditTrail trail, DeskAudit audit) : IDisposable
{
    public const string Action = "audit.verify";

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Walks the trail; null while somebody else does.</summary>
    public async Task<AuditVerdict?> RunAsync(DeskUser user, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return null;
        }

        try
        {
            var verdict = await verification.RunAsync(cancellationToken);
            if (verdict.IsEndGone)
            {
                return verdict;
            }

            await audit.RecordAsync(user, Action, target: null, verdict.ToString(), verdict.IsWhole ? "done" : "failed");
            return verdict;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>The line of the last verification, by whomever; null for none.</summary>
    public Task<AuditRecord?> LastAsync(CancellationToken cancellationToken) => trail.LastAsync(Action, cancellationToken);
}
