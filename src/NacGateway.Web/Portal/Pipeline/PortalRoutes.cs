using NacGateway.Core.Sessions;
using NacGateway.Web.Portal.Api;
using NacGateway.Web.Portal.Pages;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Which handler answers which path and method.</summary>
internal sealed class PortalRoutes(SignInPages signIn, ChallengePages challenge, SessionPages session, HelpPages help, CaptivePortalApi api, ClientArrivals arrivals)
{
    /// <summary>The page that GET reaches from a path that forms are sent to; unknown paths lead to the sign-in page.</summary>
    public static string PageBehind(string path) => Trimmed(path) switch
    {
        "/portal/challenge" => "/portal/challenge",
        "/portal/status" or "/portal/log-off" or "/portal/notice" => "/portal/status",
        "/portal/bye" => "/portal/bye",
        "/portal/help" => "/portal/help",
        _ => "/portal",
    };

    public async Task<PortalResult> RunAsync(PortalRequest request)
    {
        var method = request.Http.Request.Method;
        var get = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var post = HttpMethods.IsPost(method);
        return Trimmed(request.Http.Request.Path.Value ?? "/") switch
        {
            "" when get => new PortalResult.SeeOther("/portal"),
            "/portal" when get => Arrived(request),
            "/portal/sign-in" when get => new PortalResult.SeeOther("/portal"),
            "/portal/sign-in" when post => await PostedAsync(request, signIn.SubmitAsync),
            "/portal/challenge" when get => challenge.Show(request),
            "/portal/challenge" when post => await PostedAsync(request, challenge.SubmitAsync),
            "/portal/status" when get => session.Status(request),
            "/portal/log-off" when get => new PortalResult.SeeOther("/portal/status"),
            "/portal/log-off" when post => await PostedAsync(request, session.LogOffAsync),
            "/portal/notice" when get => new PortalResult.SeeOther("/portal/status"),
            "/portal/notice" when post => await PostedAsync(request, session.PutAwayAsync),
            "/portal/bye" when get => session.Bye(request),
            "/portal/help" when get => help.Show(request),
            LandingPage.Path when get => LandingPage.Show(request),
            "/captive-api" when get => api.Show(request),
            "" or "/portal" or "/portal/sign-in" or "/portal/challenge" or "/portal/status" or "/portal/log-off" or "/portal/notice" or "/portal/bye" or "/portal/help" or LandingPage.Path or "/captive-api" => NotThatWay(request),
            _ => PortalProblems.Show(request, StatusCodes.Status404NotFound, "NotFound"),
        };
    }

    private PortalResult Arrived(PortalRequest request)
    {
        var result = signIn.Show(request);
        if (result is PortalResult.Page)
        {
            // Not who is signed in already, and is led on.
            var agents = request.Http.Request.Headers.UserAgent;
            arrivals.NotePortal(ClientKey.From(request.Client), agents.Count == 1 ? agents[0] : null);
        }

        return result;
    }

    private static string Trimmed(string path) => path.Length > 0 && path[^1] == '/' ? path[..^1] : path;

    private static PortalResult.Page NotThatWay(PortalRequest request)
    {
        request.Http.Response.Headers.Allow = Trimmed(request.Http.Request.Path.Value ?? "/") is "/portal/sign-in" or "/portal/challenge" or "/portal/log-off" or "/portal/notice" ? "GET, HEAD, POST" : "GET, HEAD";
        return PortalProblems.Show(request, StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed");
    }

    private static async Task<PortalResult> PostedAsync(PortalRequest request, Func<PortalRequest, IFormCollection, Task<PortalResult>> submit)
    {
        var (form, status) = await FormReader.ReadAsync(request.Http, request.Http.RequestAborted);
        if (status == StatusCodes.Status499ClientClosedRequest)
        {
            return new PortalResult.Nobody();
        }

        return form is null
            ? PortalProblems.Show(request, status, status == StatusCodes.Status413PayloadTooLarge ? "TooLarge" : "Malformed")
            : await submit(request, form);
    }
}
