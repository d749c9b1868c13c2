using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>
/// What happens when no RADIUS server answers: nothing, unless the rules let in for a while whom a server accepted at this device
/// lately. Safe for concurrent use.
/// </summary>
internal sealed class LoginOutage(LoginGrant grant, SessionTerms terms, IDbContextFactory<GatewayDbContext> contexts, TimeProvider time) : IDisposable
{
    /// <summary>In place of the server's name, in sessions that none granted.</summary>
    public const string ServerName = "(none)";

    /// <summary>The longest that rules can look back.</summary>
    private static readonly TimeSpan s_longestMemory = TimeSpan.FromDays(90);

    // Every sign-in of an outage comes by here; the database has other things to do.
    private readonly SemaphoreSlim _questions = new(2);

    public async Task<LoginVerdict> DecideAsync(LoginStep step, string reference, CancellationToken cancellationToken)
    {
        var noAnswer = new LoginOutcome.NoAnswer(reference);
        if (step.Answered is not null)
        {
            // A server answered the first step: it wants a second one, which nobody can check now.
            return new LoginVerdict(noAnswer);
        }

        var context = terms.Of(time.GetUtcNow());
        LastAccept? last = null;
        try
        {
            last = context.Policy.HasOutageRule ? await FindLastAsync(step, context.StartedAt, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            return new LoginVerdict(noAnswer, exception.Message);
        }

        var decision = context.Policy.DecideUnanswered(grant.Query(step, context), last);
        if (!decision.IsGranted)
        {
            return new LoginVerdict(decision.Rule is null ? noAnswer : new LoginOutcome.Refused(reference, decision.Message), decision.Rule, decision) { IsChecked = false };
        }

        var opening = new SessionOpening
        {
            AcctSessionId = step.AcctSessionId,
            UserName = step.UserName,
            ClientAddress = step.ClientAddress,
            CallingStationId = step.CallingStationId,
            Limits = decision.Limits,
            Devices = decision.Devices,
            ServerName = ServerName,
            Authentic = AcctAuthentic.Local,
            Decision = LoginRecords.Record(step, decision, $"{reference}:", context.StartedAt),
        };
        return new LoginVerdict(await grant.OpenAsync(opening, reference, cancellationToken).ConfigureAwait(false), Decision: decision) { IsChecked = false };
    }

    public void Dispose() => _questions.Dispose();

    /// <summary>The user's last session at this device that a server granted. A device is known by its MAC address, and only without one by its IP address.</summary>
    private async Task<LastAccept?> FindLastAsync(LoginStep step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - s_longestMemory;
        var user = SessionRows.UserKey(step.UserName);
        var client = SessionRows.ClientText(step.ClientAddress);
        await _questions.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                return await database.Set<Session>().AsNoTracking()
                    .Where(row => row.UserKey == user && row.StartedAt >= oldest && row.Authentic == AcctAuthentic.Radius)
                    .Where(row => step.CallingStationId != null ? row.CallingStationId == step.CallingStationId : row.CallingStationId == null && row.ClientAddress == client)
                    .OrderByDescending(row => row.StartedAt)
                    .Select(row => new LastAccept(row.StartedAt, row.Role))
                    .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _questions.Release();
        }
    }
}
