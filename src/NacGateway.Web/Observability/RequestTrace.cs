using System.Diagnostics;

namespace NacGateway.Web.Observability;

/// <summary>
/// The span of a request to the desk or its API: method, route and status, never the path or the query, which name people. A span of
/// whoever asks is not continued: nobody outside decides what is traced here.
/// </summary>
internal static class RequestTrace
{
    private static readonly ActivitySource s_source = new("NacGateway.Admin");

    /// <summary>Puts it at the head of a pipeline.</summary>
    public static IApplicationBuilder UseRequestTrace(this IApplicationBuilder branch) =>
        branch.Use(next => context => s_source.HasListeners() && !IsPolled(context.Request.Path) ? RunAsync(next, context) : next(context));

    /// <summary>Supervisors and collectors ask every few seconds; what they ask tells nothing.</summary>
    private static bool IsPolled(PathString path) => path.StartsWithSegments("/healthz", StringComparison.Ordinal) || path.StartsWithSegments("/metrics", StringComparison.Ordinal);

    private static async Task RunAsync(RequestDelegate next, HttpContext context)
    {
        using var activity = s_source.StartActivity("nacgateway.desk.request", ActivityKind.Server, parentContext: default);
        await next(context);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("http.request.method", Method(context.Request.Method));
            activity.SetTag("http.route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            activity.SetTag("http.response.status_code", context.Response.StatusCode);
            activity.SetStatus(context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
    }

    /// <summary>Methods that are known; whatever else a client makes up is one word.</summary>
    private static string Method(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method) || HttpMethods.IsOptions(method)
            ? method
            : "_OTHER";
}
