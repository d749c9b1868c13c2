using System.Text;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>Puts into the record of a decision who asked, from where, and what was said between gateway and server.</summary>
internal static class LoginEvidence
{
    private const int LongestMessage = 1000;
    private const string LeftOut = "(left out, for it held the password)";

    /// <summary>The record of one step of a sign-in.</summary>
    /// <param name="record">What was decided.</param>
    /// <param name="step">The step; its password is looked for, and not kept.</param>
    /// <param name="outcome">Name of its outcome.</param>
    /// <param name="reference">What the person saw.</param>
    /// <param name="result">What became of the request; null when none was made.</param>
    /// <param name="arrival">How the client came; null when that is not known.</param>
    public static PolicyDecision Add(PolicyDecision record, LoginStep step, string outcome, string reference, ExchangeResult? result, string? arrival) => record with
    {
        UserKey = SessionRows.UserKey(step.UserName),
        ClientAddress = SessionRows.ClientText(step.ClientAddress),
        CallingStationId = step.CallingStationId,
        Outcome = outcome,
        Reference = reference,
        ServerName = result?.Server?.Name,
        ElapsedMilliseconds = Elapsed(result),
        ReplyMessage = Message(result, step.Password),
        Exchange = result is null ? null : ExchangeWriter.Write(result, step.Password),
        Arrival = arrival,
    };

    /// <summary>The record of asking again about an open session.</summary>
    public static PolicyDecision Add(PolicyDecision record, ActiveSession session, string outcome, ExchangeResult result) => record with
    {
        UserKey = SessionRows.UserKey(session.JudgedName),
        ClientAddress = SessionRows.ClientText(session.ClientAddress),
        CallingStationId = session.CallingStationId,
        Outcome = outcome,
        ServerName = result.Server?.Name,
        ElapsedMilliseconds = Elapsed(result),
        ReplyMessage = Message(result, []),
        Exchange = ExchangeWriter.Write(result, []),
    };

    private static int? Elapsed(ExchangeResult? result) => result is { Status: ExchangeStatus.Answered } ? (int)Math.Clamp(result.Elapsed.TotalMilliseconds, 0, int.MaxValue) : null;

    private static string? Message(ExchangeResult? result, ReadOnlySpan<byte> password)
    {
        if (result?.Reply is not { } reply || reply.Attributes.CountOf(RadiusAttributeType.ReplyMessage) == 0)
        {
            return null;
        }

        var message = OneLine.Clean(string.Join(' ', reply.ReplyMessages), LongestMessage);
        return message.Length == 0 ? null
            : ExchangeWriter.Echoes(Encoding.UTF8.GetBytes(message), password) ? LeftOut
            : message;
    }
}
