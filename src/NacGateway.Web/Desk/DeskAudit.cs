using NacGateway.Core.Audit;

namespace NacGateway.Web.Desk;

/// <summary>Writes what an administrator is about to do into the audit trail. What cannot be recorded is not done: the exception goes to the caller.</summary>
internal sealed class DeskAudit(AuditLog log)
{
    /// <exception cref="Core.Storage.StorageUnavailableException">The database did not take it.</exception>
    public Task RecordAsync(DeskUser user, string action, string? target, string? detail = null, string outcome = "done") =>
        // Not the request's token: who hangs up has acted all the same.
        log.RecordAsync(Line(user, action, target, detail, outcome), CancellationToken.None);

    /// <summary>The line of an act, for those who write it in one transaction with what it changes.</summary>
    public static AuditEntry Line(DeskUser user, string action, string? target, string? detail = null, string outcome = "done") => new()
    {
        Actor = user.Name,
        Role = user.Role.ToString(),
        Source = user.Source.ToString(),
        Action = action,
        Target = target,
        Outcome = outcome,
        Detail = detail,
    };
}
