using System.Text.Json;
using NacGateway.Web.Desk;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Admin.Frame;

/// <summary>What supervisors and collectors ask: health and metrics. Health is open to whoever reaches the listener, as it names nobody; metrics to the machine itself.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] s_reads = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapMethods("/healthz/live", s_reads, (HttpContext context) => WriteAsync(context, "alive\n")).AllowAnybody().ExcludeFromDescription();
        desk.MapMethods("/healthz/ready", s_reads, (HttpContext context, Readiness readiness) => WriteReadinessAsync(context, readiness)).AllowAnybody().ExcludeFromDescription();
        desk.MapMethods("/metrics", s_reads, (HttpContext context, MetricsPage metrics) => metrics.WriteAsync(context)).RequireRightFromAfar(DeskRight.Read).ExcludeFromDescription();
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
