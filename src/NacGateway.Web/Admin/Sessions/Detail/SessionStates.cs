using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Sessions.Detail;

/// <summary>What the page and its live feed say of a session in the same words.</summary>
internal static class SessionStates
{
    public static DeskState Of(SessionState state) => DeskState.Of(state) with { Rule = SessionStateRule.Words(state) };

    /// <summary>What it has carried.</summary>
    public static string Used(SessionRow row) => $"{DeskFormat.Octets(row.OutputOctets)} down, {DeskFormat.Octets(row.InputOctets)} up";

    /// <summary>How fast it carries now.</summary>
    public static string Rates(SessionRow row) => $"{DeskFormat.Rate(row.DownloadRate)} down, {DeskFormat.Rate(row.UploadRate)} up";
}
