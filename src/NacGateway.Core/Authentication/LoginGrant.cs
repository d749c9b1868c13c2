using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Decides about an Access-Accept, and opens the session that it grants.</summary>
internal sealed class LoginGrant(SessionManager sessions, SessionTerms terms, IOptions<RadiusOptions> options, TimeProvider time)
{
    /// <summary>The decision, and what the Accept grants by itself; null when it must count as a Reject.</summary>
    public AccessDecision Decide(LoginStep step, RadiusPacket request, RadiusPacket accept, out Authorization? authorization)
    {
        var context = terms.Of(time.GetUtcNow()) with { RejectsUnknownAttributes = options.Value.RejectUnknownAttributes };
        authorization = null;
        return FindProblem(step, request, accept) is { } problem
            ? AccessJudge.Unusable(problem, context.Policy)
            : AccessJudge.Judge(accept, Query(step, context), context, out authorization);
    }

    /// <summary>What the rules are asked about a step.</summary>
    public AccessQuery Query(LoginStep step, LimitContext context) => new()
    {
        UserName = step.UserName,
        ClientAddress = step.ClientAddress,
        CallingStationId = step.CallingStationId,
        CalledStationId = options.Value.CalledStationId.Length > 0 ? options.Value.CalledStationId : null,
        At = context.StartedAt,
        Zone = context.Zone,
        Local = context.Local,
        LocalDevices = context.LocalDevices,
    };

    public Task<LoginOutcome> OpenAsync(LoginStep step, AccessDecision decision, Authorization authorization, string serverName, string reference, CancellationToken cancellationToken) =>
        OpenAsync(
            new SessionOpening
            {
                AcctSessionId = step.AcctSessionId,
                UserName = authorization.UserName ?? step.UserName,
                ClientAddress = step.ClientAddress,
                CallingStationId = step.CallingStationId,
                Limits = decision.Limits,
                Devices = decision.Devices,
                ServerName = serverName,
                Classes = authorization.Classes,
                ChargeableUserIdentity = authorization.ChargeableUserIdentity,
                TunnelAttributes = authorization.TunnelAttributes,
                Reauthenticates = authorization.Reauthenticates,
                State = authorization.State,
                Message = authorization.Message,
                Decision = LoginRecords.Record(step, decision, $"{reference}: {serverName} accepted.", time.GetUtcNow()),
            },
            reference,
            cancellationToken);

    public async Task<LoginOutcome> OpenAsync(SessionOpening opening, string reference, CancellationToken cancellationToken) =>
        await sessions.OpenAsync(opening, cancellationToken).ConfigureAwait(false) switch
        {
            OpenOutcome.Opened opened => new LoginOutcome.SignedIn(reference, opened.Session),
            OpenOutcome.DeviceLimit limit => new LoginOutcome.DeviceLimit(reference, limit.Current, limit.Maximum),
            OpenOutcome.Busy => new LoginOutcome.Busy(reference),
            _ => new LoginOutcome.StorageUnavailable(reference),
        };

    private static string? FindProblem(LoginStep step, RadiusPacket request, RadiusPacket accept)
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
