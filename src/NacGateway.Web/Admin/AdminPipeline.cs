using System.Text.Json;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Admin;

/// <summary>What the administrator's listener serves: health for supervisors, metrics for collectors, and a plain page that says so.</summary>
internal static class AdminPipeline
{
    private const string Front = """
        NacGateway, administrator's listener.

        /healthz/live    200 while the process answers
        /healthz/ready   200 when people can sign in, 503 with the reason otherwise
        /metrics         counters in the Prometheus text format

        Pages and the API for administrators are not part of this release.
        """;

    public static void Build(IApplicationBuilder branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        var readiness = branch.ApplicationServices.GetRequiredService<Readiness>();
        var metrics = branch.ApplicationServices.GetRequiredService<MetricsPage>();
        branch.Run(context => AnswerAsync(context, readiness, metrics));
    }

    private static Task AnswerAsync(HttpContext context, Readiness readiness, MetricsPage metrics)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        return context.Request.Path.Value switch
        {
            "/healthz/live" => WriteAsync(context, "alive\n"),
            "/healthz/ready" => WriteReadinessAsync(context, readiness),
            "/metrics" => metrics.WriteAsync(context),
            "/" => WriteAsync(context, Front),
            _ => NotFoundAsync(context),
        };
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(context, Front);
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async Task WriteReadinessAsync(HttpContext context, Readiness readiness)
    {
        var checks = await readiness.CheckAsync(context.RequestAborted);
        var ready = checks.All(check => check.IsReady);
        context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", ready ? "ready" : "not ready");
        json.WriteStartObject("checks");
        foreach (var check in checks)
        {
            json.WriteStartObject(check.Name);
            json.WriteString("status", !check.IsReady ? "not ready" : check.IsDegraded ? "degraded" : "ready");
            json.WriteString("detail", check.Detail);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
