using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Turns an Access-Accept into an open session, or says why it cannot be honoured.</summary>
internal sealed class LoginGrant(SessionManager sessions, SessionTerms terms, TimeProvider time)
{
    /// <summary>Why the Accept grants nothing, in words for the log; else its terms.</summary>
    public string? TryRead(LoginStep step, RadiusPacket request, RadiusPacket accept, out Authorization? authorization)
    {
        authorization = null;
        if (request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out _)
            && !accept.VerifyMsChap2Success(request, step.UserNameOctets.Span, step.Password))
        {
            // RFC 2759 section 5: the peer, which is this gateway, must end the session.
            return "its MS-CHAP2-Success is missing or wrong, so it has not proved that it knows the password";
        }

        return AuthorizationMapper.TryMap(accept, terms.Of(time.GetUtcNow()), out authorization, out var problem) ? null : problem;
    }

    public Task<OpenOutcome> OpenAsync(LoginStep step, Authorization authorization, RadiusServerSettings server, CancellationToken cancellationToken) =>
        sessions.OpenAsync(
            new SessionOpening
            {
                AcctSessionId = step.AcctSessionId,
                UserName = authorization.UserName ?? step.UserName,
                ClientAddress = step.ClientAddress,
                CallingStationId = step.CallingStationId,
                Limits = authorization.Limits,
                ServerName = server.Name,
                Classes = authorization.Classes,
                ChargeableUserIdentity = authorization.ChargeableUserIdentity,
                TunnelAttributes = authorization.TunnelAttributes,
                Reauthenticates = authorization.Reauthenticates,
                State = authorization.State,
                Message = authorization.Message,
            },
            cancellationToken);
}
