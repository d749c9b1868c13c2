using NacGateway.Web.Gate;
using NacGateway.Web.Portal.Pipeline;

namespace NacGateway.Web.Portal.Pages;

/// <summary>
/// Where a redirected probe arrives, by plain http: 200, a link, and a refresh that leads a person on. Programs ask for it before anybody
/// sees it, so it changes nothing and notes nobody.
/// </summary>
internal static class LandingPage
{
    public const string Path = "/portal/landing";

    public static PortalResult Show(PortalRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = request.Http.Request.Headers;
        var page = GatePage.Draw(
            AnswerKind.Redirect, AnswerFormat.Html, Negotiation.Language(headers.AcceptLanguage), StatusCodes.Status200OK, "OK", new Uri(request.Page.PublicUrl + "/portal"));
        request.Http.Response.Headers.ContentSecurityPolicy = GatePage.ContentSecurityPolicy;
        return new PortalResult.Raw(StatusCodes.Status200OK, "text/html; charset=utf-8", page);
    }
}
