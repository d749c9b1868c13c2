using System.Globalization;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Api.Frame;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>The version of a session: what somebody can change about it. What it carries changes all the time, and is no version.</summary>
internal static class SessionTags
{
    public static string Of(SessionRow row) =>
        EntityTags.Of(row.AcctSessionId, row.EndedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "", row.Limits.ToString(), row.Message ?? "", row.Notice ?? "");
}
