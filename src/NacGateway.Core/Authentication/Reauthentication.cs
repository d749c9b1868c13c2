using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Has an open session authorized again: its server's Accept puts it under new limits that count from now, its Reject ends it. Asked for
/// by Termination-Action (RFC 2865 section 5.29) and by Authorize-Only (RFC 5176 section 3.2). Safe for concurrent use.
/// </summary>
internal sealed partial class Reauthentication(ReauthorizationExchange exchange, SessionManager sessions, SessionTerms terms, IOptions<RadiusOptions> options, TimeProvider time, ILogger<Reauthentication> log)
{
    /// <summary>Asks, and does what the answer says.</summary>
    /// <param name="session">The session.</param>
    /// <param name="state">State that the server gave for this; not empty.</param>
    /// <param name="by">Who wanted it, for the history.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Storage.StorageUnavailableException">The database could not record what came of it.</exception>
    public async Task<ReauthenticationOutcome> RunAsync(ActiveSession session, ReadOnlyMemory<byte> state, string by, CancellationToken cancellationToken)
    {
        var result = await exchange.AskAsync(session, state, cancellationToken).ConfigureAwait(false);
        if (result is not { Status: ExchangeStatus.Answered, Reply: { } reply })
        {
            Log.Unanswered(log, session.AcctSessionId, session.UserName, session.ServerName, result.Status);
            return ReauthenticationOutcome.Unanswered;
        }

        var context = terms.Of(time.GetUtcNow()) with { RejectsUnknownAttributes = options.Value.RejectUnknownAttributes };
        if (reply.Code != RadiusCode.AccessAccept)
        {
            var rejected = new AccessDecision { IsGranted = false, PolicyVersion = context.Policy.Version, Problem = Describe(reply), Words = "Access was refused. No rule was asked." };
            return await EndAsync(session, rejected, result, by, cancellationToken).ConfigureAwait(false);
        }

        var decision = AccessJudge.Judge(reply, Query(session), context, out var authorization);
        return decision.IsGranted && authorization is not null
            ? await RenewAsync(session, authorization, decision, result, by, cancellationToken).ConfigureAwait(false)
            : await EndAsync(session, decision, result, by, cancellationToken).ConfigureAwait(false);
    }

    private AccessQuery Query(ActiveSession session) => new()
    {
        UserName = session.JudgedName,
        ClientAddress = session.ClientAddress,
        CallingStationId = session.CallingStationId,
        CalledStationId = options.Value.CalledStationId is { Length: > 0 } place ? place : null,
        At = time.GetUtcNow(),
    };

    private async Task<ReauthenticationOutcome> RenewAsync(ActiveSession session, Authorization authorization, AccessDecision decision, ExchangeResult result, string by, CancellationToken cancellationToken)
    {
        var used = Used(session);
        var limits = FromNow(decision.Limits, used);
        var words = string.Join("; ", ChangedLimits.Describe(session.Limits, limits).Prepend($"{session.ServerName} accepted again"));
        var change = new SessionChange
        {
            AcctSessionId = session.AcctSessionId,
            Limits = limits,
            RenewedAfter = used,
            Classes = authorization.Classes is { Count: > 0 } classes ? classes : null,
            TunnelAttributes = authorization.TunnelAttributes.IsEmpty ? (ReadOnlyMemory<byte>?)null : authorization.TunnelAttributes,
            Message = authorization.Message,
            Reauthenticates = authorization.Reauthenticates,
            State = authorization.State ?? ReadOnlyMemory<byte>.Empty,
            Event = Event(session, by, words),
        };
        if (!await sessions.ChangeAsync([change], Record(session, decision, DecisionOutcomes.Renewed, $"{session.ServerName} accepted again.", result), cancellationToken).ConfigureAwait(false))
        {
            return ReauthenticationOutcome.Gone;
        }

        Log.Renewed(log, session.AcctSessionId, session.UserName, words);
        return ReauthenticationOutcome.Renewed;
    }

    private async Task<ReauthenticationOutcome> EndAsync(ActiveSession session, AccessDecision decision, ExchangeResult result, string by, CancellationToken cancellationToken)
    {
        var reason = decision.Problem ?? decision.Words;
        var closing = new SessionClosing
        {
            AcctSessionId = session.AcctSessionId,
            Cause = AcctTerminateCause.ReauthenticationFailure,
            Event = Event(session, by, $"{session.ServerName} did not accept again: {reason}"),
        };
        if (await sessions.CloseAsync([closing], Record(session, decision, DecisionOutcomes.NotRenewed, decision.Problem is null ? $"{session.ServerName} accepted again." : $"{session.ServerName} did not accept again: {decision.Problem.TrimEnd('.')}.", result), cancellationToken).ConfigureAwait(false) == 0)
        {
            return ReauthenticationOutcome.Gone;
        }

        Log.Refused(log, session.AcctSessionId, session.UserName, session.ServerName, reason);
        return ReauthenticationOutcome.Refused;
    }

    /// <summary>Adds the record of the decision to the transaction.</summary>
    private Action<Storage.GatewayDbContext> Record(ActiveSession session, AccessDecision decision, string outcome, string preface, ExchangeResult result)
    {
        var now = time.GetUtcNow();
        var record = LoginEvidence.Add(decision.ToRecord(session.AcctSessionId, session.JudgedName, now, preface), session, outcome, result);
        return database => database.Append(record);
    }

    private SessionEvent Event(ActiveSession session, string by, string text) =>
        new() { AcctSessionId = session.AcctSessionId, At = time.GetUtcNow(), Kind = SessionEventKind.Reauthenticated, By = by, Text = text };

    private SessionLimits Used(ActiveSession session)
    {
        var (input, output) = session.Traffic.Octets;
        return new SessionLimits
        {
            SessionTimeout = TimeSpan.FromSeconds(Math.Ceiling((time.GetUtcNow() - session.StartedAt).TotalSeconds)),
            InputQuota = input,
            OutputQuota = output,
            TotalQuota = input + output,
        };
    }

    /// <summary>The server grants so much from now on; a session counts from its start.</summary>
    internal static SessionLimits FromNow(SessionLimits granted, SessionLimits used) => granted with
    {
        SessionTimeout = used.SessionTimeout + granted.SessionTimeout,
        InputQuota = LimitSet.From(used.InputQuota, granted.InputQuota),
        OutputQuota = LimitSet.From(used.OutputQuota, granted.OutputQuota),
        TotalQuota = LimitSet.From(used.TotalQuota, granted.TotalQuota),
    };

    private static string Describe(RadiusPacket reply) =>
        reply.Code == RadiusCode.AccessReject ? AuthorizationMapper.ReadMessage(reply) ?? "Access-Reject" : $"it answered with {reply.Code}";

    private static partial class Log
    {
        [LoggerMessage(2530, LogLevel.Information, "Session {AcctSessionId} of {UserName} goes on: {Words}")]
        public static partial void Renewed(ILogger logger, string acctSessionId, string userName, string words);

        [LoggerMessage(2531, LogLevel.Information, "Session {AcctSessionId} of {UserName} may not go on: {Server} did not accept it again: {Reason}")]
        public static partial void Refused(ILogger logger, string acctSessionId, string userName, string server, string reason);

        [LoggerMessage(2532, LogLevel.Warning, "Whether session {AcctSessionId} of {UserName} may go on could not be asked: {Server} gave no answer ({Status})")]
        public static partial void Unanswered(ILogger logger, string acctSessionId, string userName, string server, ExchangeStatus status);
    }
}
