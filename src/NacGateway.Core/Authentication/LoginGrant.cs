using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Decides about an Access-Accept, and opens the session that it grants.</summary>
internal sealed class LoginGrant(SessionManager sessions, LoginJudge judge, LoginRecords records, TimeProvider time)
{
    /// <summary>The decision, and what the Accept grants by itself; null when it must count as a Reject.</summary>
    public AccessDecision Decide(LoginStep step, RadiusPacket request, RadiusPacket accept, out Authorization? authorization)
    {
        var context = judge.Context(time.GetUtcNow());
        authorization = null;
        return FindProblem(step, request, accept) is { } problem
            ? AccessJudge.Unusable(problem, context.Policy)
            : AccessJudge.Judge(accept, judge.Query(step, context), context, out authorization);
    }

    public Task<LoginOutcome> OpenAsync(LoginStep step, AccessDecision decision, Authorization authorization, ExchangeResult result, string reference, CancellationToken cancellationToken) =>
        OpenAsync(Opening(step, decision, authorization, result, reference), reference, cancellationToken);

    /// <summary>The session that an Accept grants, with the record of the decision.</summary>
    public SessionOpening Opening(LoginStep step, AccessDecision decision, Authorization authorization, ExchangeResult result, string reference) => new()
    {
        AcctSessionId = step.AcctSessionId,
        UserName = authorization.UserName ?? step.UserName,
        TypedName = authorization.UserName is { } returned && !string.Equals(returned, step.UserName, StringComparison.Ordinal) ? step.UserName : null,
        ClientAddress = step.ClientAddress,
        CallingStationId = step.CallingStationId,
        Limits = decision.Limits,
        Devices = decision.Devices,
        ServerName = result.Server!.Name,
        Classes = authorization.Classes,
        ChargeableUserIdentity = authorization.ChargeableUserIdentity,
        TunnelAttributes = authorization.TunnelAttributes,
        Reauthenticates = authorization.Reauthenticates,
        State = authorization.State,
        Message = authorization.Message,
        Decision = records.Granted(step, decision, reference, $"{result.Server!.Name} accepted.", result),
    };

    public async Task<LoginOutcome> OpenAsync(SessionOpening opening, string reference, CancellationToken cancellationToken) =>
        await sessions.OpenAsync(opening, cancellationToken).ConfigureAwait(false) switch
        {
            OpenOutcome.Opened opened => new LoginOutcome.SignedIn(reference, opened.Session),
            OpenOutcome.DeviceLimit limit => new LoginOutcome.DeviceLimit(reference, limit.Current, limit.Maximum),
            OpenOutcome.Busy => new LoginOutcome.Busy(reference),
            _ => new LoginOutcome.StorageUnavailable(reference),
        };

    /// <summary>Why an Accept must count as a Reject, whatever it grants; null when it need not.</summary>
    public static string? FindProblem(LoginStep step, RadiusPacket request, RadiusPacket accept)
    {
        if (request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out _)
            && !accept.VerifyMsChap2Success(request, step.UserNameOctets.Span, step.Password))
        {
            // RFC 2759 section 5: the peer, which is this gateway, must end the session.
            return "its MS-CHAP2-Success is missing or wrong, so it has not proved that it knows the password";
        }

        return null;
    }
}
