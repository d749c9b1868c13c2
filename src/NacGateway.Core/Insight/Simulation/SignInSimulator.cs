using System.Net;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Insight.Simulation;

/// <summary>
/// Says what a sign-in would come to, by the code that the sign-in runs, from the step that carries what was typed to the question whether
/// one more device may begin. Nothing is sent, opened or recorded. Safe for concurrent use.
/// </summary>
public sealed class SignInSimulator
{
    private const string Reference = "Simulated";

    private readonly LoginJudge _judge;
    private readonly LoginGrant _grant;
    private readonly LoginOutage _outage;
    private readonly LoginRecords _records;
    private readonly SimulatedPlace _place;
    private readonly TimeProvider _time;

    internal SignInSimulator(LoginJudge judge, LoginGrant grant, LoginOutage outage, LoginRecords records, SimulatedPlace place, TimeProvider time)
    {
        _judge = judge;
        _grant = grant;
        _outage = outage;
        _records = records;
        _place = place;
        _time = time;
    }

    /// <summary>Runs one.</summary>
    public async Task<SimulatedOutcome> RunAsync(SimulatedSignIn asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var at = asked.At ?? _time.GetUtcNow();

        // The password is of no account: what the server says about it is given.
        var attempt = new LoginAttempt { ClientAddress = asked.ClientAddress, UserName = asked.UserName, Password = "-", CallingStationId = asked.CallingStationId };
        using var step = LoginStep.TryCreate(attempt, AcctSessionIds.Next(_time));
        if (step is null)
        {
            return new SimulatedOutcome { Outcome = new LoginOutcome.NotSendable(Reference) };
        }

        var context = _judge.Context(at);
        context = asked.Policy is { } policy ? context with { Policy = policy } : context;
        var query = _judge.Query(step, context);
        query = asked.CalledStationId is { } called ? query with { CalledStationId = called } : query;
        var outcome = asked.Answer == SimulatedAnswer.None
            ? await UnansweredAsync(asked, step, query, context, cancellationToken).ConfigureAwait(false)
            : await AnsweredAsync(asked, step, query, context, cancellationToken).ConfigureAwait(false);
        return outcome with
        {
            Record = outcome.Record is { } record ? record with { At = at, Reference = null, Arrival = null, PolicyVersion = outcome.Decision?.PolicyVersion ?? context.Policy.Version } : null,
            HeldUntil = await _place.HeldUntilAsync(step.UserName, step.ClientAddress, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<SimulatedOutcome> AnsweredAsync(SimulatedSignIn asked, LoginStep step, AccessQuery query, LimitContext context, CancellationToken cancellationToken)
    {
        var reply = new RadiusPacket(asked.Answer switch { SimulatedAnswer.Reject => RadiusCode.AccessReject, SimulatedAnswer.Challenge => RadiusCode.AccessChallenge, _ => RadiusCode.AccessAccept });
        foreach (var attribute in asked.Reply)
        {
            reply.Attributes.Add(attribute.Type, attribute.Value.Span);
        }

        var result = new ExchangeResult { Status = ExchangeStatus.Answered, Reply = reply, Server = Server(asked) };
        switch (asked.Answer)
        {
            case SimulatedAnswer.Reject:
                return Stopped(step, LoginJudge.Rejected(Reference, reply), result);
            case SimulatedAnswer.Challenge:
                return Stopped(step, new LoginVerdict(LoginReply.Challenged(step, Reference, reply, challengeId: "")), result);
        }

        var decision = AccessJudge.Judge(reply, query, context, out var authorization);
        var rules = decision.Words.EndsWith(UnusableWords.NoRule, StringComparison.Ordinal) ? [] : AccessJudge.Trace(reply, query, context);
        var outcome = LoginJudge.NotGranted(Reference, decision) is { } refused
            ? Stopped(step, refused, result)
            : await OpenAsync(_grant.Opening(step, decision, authorization!, result, Reference), decision, query.At, cancellationToken).ConfigureAwait(false);
        return outcome with { Rules = rules, Notes = authorization?.Notes ?? [] };
    }

    private async Task<SimulatedOutcome> UnansweredAsync(SimulatedSignIn asked, LoginStep step, AccessQuery query, LimitContext context, CancellationToken cancellationToken)
    {
        var result = new ExchangeResult { Status = ExchangeStatus.TimedOut, Server = Server(asked) };
        var decision = await _outage.JudgeAsync(step, query, context.Policy, isOutage: true, cancellationToken).ConfigureAwait(false);
        var outcome = LoginJudge.NotGrantedUnanswered(Reference, decision) is { } refused
            ? Stopped(step, refused, result)
            : await OpenAsync(_outage.Opening(step, decision, result, Reference), decision, query.At, cancellationToken).ConfigureAwait(false);
        return outcome with { Rules = AccessJudge.Trace(accept: null, query, context) };
    }

    private SimulatedOutcome Stopped(LoginStep step, LoginVerdict verdict, ExchangeResult result) =>
        new() { Outcome = verdict.Outcome, Record = _records.Of(step, verdict, result), Decision = verdict.Decision };

    private async Task<SimulatedOutcome> OpenAsync(SessionOpening opening, AccessDecision decision, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (admission, devices) = await _place.AdmitAsync(opening, at, cancellationToken).ConfigureAwait(false);
        var outcome = new SimulatedOutcome { Record = opening.Decision, Decision = decision, Devices = devices, Online = admission.Others };
        return admission.IsAdmitted
            ? outcome with { Limits = opening.Limits, Message = opening.Message, Ends = [.. admission.ToEnd.Select(end => end.Row.AcctSessionId)] }
            : outcome with { Outcome = new LoginOutcome.DeviceLimit(Reference, admission.Others, devices.Most), Record = opening.Decision!.Without(admission.Others, devices.Most) };
    }

    /// <summary>Nothing is sent, so that neither address nor secret are of any account.</summary>
    private static RadiusServerSettings Server(SimulatedSignIn asked) => new() { Name = asked.ServerName, EndPoint = new IPEndPoint(IPAddress.None, 0), Secret = new byte[16] };
}
