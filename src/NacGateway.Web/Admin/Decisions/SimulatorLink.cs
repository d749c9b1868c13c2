using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;
using NacGateway.Radius.Packets;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>The link from a record to the simulator with the same user, client, instant, answer and rules.</summary>
internal static class SimulatorLink
{
    /// <summary>Longest address of a page that every browser and this listener take.</summary>
    private const int Longest = 6_000;

    /// <summary>The link; null where there was no sign-in that could be tried again.</summary>
    public static string? Of(PolicyDecision decision, ExchangeRecord? exchange)
    {
        if (decision.UserName.Length == 0 || decision.ClientAddress is not { } address || Answer(DecisionKinds.Of(decision), exchange) is not { } answer)
        {
            return null;
        }

        var link = PageLink.To("/simulator")
            .With("user", decision.UserName)
            .With("ip", address)
            .With("mac", decision.CallingStationId)
            .With("at", DeskFormat.Iso(decision.At))
            .With("answer", answer == "accept" ? null : answer)
            .With("server", decision.ServerName)
            .With("version", decision.PolicyVersion > 0 ? DeskFormat.Count(decision.PolicyVersion).Replace(",", "", StringComparison.Ordinal) : null);
        var whole = link.With("attr", exchange?.Reply is { } reply ? ReplyLines.Write(reply) : null).ToString();
        return whole.Length <= Longest ? whole : link.With("cut", "1").ToString();
    }

    private static string? Answer(DecisionKind kind, ExchangeRecord? exchange) => exchange?.Reply?.Code switch
    {
        RadiusCode.AccessAccept => "accept",
        RadiusCode.AccessReject => "reject",
        RadiusCode.AccessChallenge => "challenge",
        _ => kind is DecisionKind.NoAnswer or DecisionKind.Refused or DecisionKind.SignedIn ? "none" : null,
    };
}
