using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>
/// What a step of a sign-in comes to by the server's answer and the rules, before anything is opened or recorded: the sign-in runs it, and
/// so does the simulator. Safe for concurrent use.
/// </summary>
internal sealed class LoginJudge(SessionTerms terms, IOptions<RadiusOptions> options)
{
    /// <summary>What the meaning of an answer depends on at an instant, with the rules now in force.</summary>
    public LimitContext Context(DateTimeOffset at) => terms.Of(at) with { RejectsUnknownAttributes = options.Value.RejectUnknownAttributes };

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

    /// <summary>What an Access-Accept comes to where the rules grant nothing; null where they do.</summary>
    public static LoginVerdict? NotGranted(string reference, AccessDecision decision) =>
        decision.Problem is { } problem ? new LoginVerdict(new LoginOutcome.UnusableAccept(reference), problem, decision)
        : decision.IsGranted ? null
        : new LoginVerdict(new LoginOutcome.Refused(reference, decision.Message), decision.Rule, decision);

    /// <summary>What an Access-Reject comes to.</summary>
    public static LoginVerdict Rejected(string reference, RadiusPacket reply) =>
        new(Reject(reference, reply), reply.ErrorCause is { } cause ? $"{nameof(RadiusCode.AccessReject)} with Error-Cause {cause}" : null);

    /// <summary>What silence comes to where the rules grant nothing then; null where they do.</summary>
    public static LoginVerdict? NotGrantedUnanswered(string reference, AccessDecision decision) => decision.IsGranted ? null
        : new LoginVerdict(decision.Rule is null ? new LoginOutcome.NoAnswer(reference) : new LoginOutcome.Refused(reference, decision.Message), decision.Rule, decision) { IsChecked = false };

    private static LoginOutcome Reject(string reference, RadiusPacket reply) => reply.GetMsChapError()?.Code switch
    {
        MsChapErrorCode.PasswordExpired => new LoginOutcome.PasswordExpired(reference),
        MsChapErrorCode.RestrictedLogonHours => new LoginOutcome.OutsideHours(reference),
        MsChapErrorCode.AccountDisabled => new LoginOutcome.AccountDisabled(reference),
        MsChapErrorCode.NoDialInPermission => new LoginOutcome.NotPermitted(reference),

        // 691 is a wrong password; 709 answers a change of password, which is never asked for; any other says no more than the Reject.
        _ => new LoginOutcome.Rejected(reference, reply.ReplyMessages),
    };
}
