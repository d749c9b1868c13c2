using NacGateway.Web.Portal.Pages;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Answers to requests that no page is for: unknown path, wrong method, unreadable or too large form, a fault of ours.</summary>
internal static class PortalProblems
{
    public static PortalResult.Page Show(PortalRequest request, int status, string key, string? reference = null) => new(
        status,
        typeof(NoticePage),
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(NoticePage.Problem)] = new Problem(request.T($"{key}_Title"), request.T($"{key}_Body"), reference),
            [nameof(NoticePage.Target)] = request.Page.Link("/portal"),
            [nameof(NoticePage.Button)] = request.T("SignIn_Link"),
        });
}
