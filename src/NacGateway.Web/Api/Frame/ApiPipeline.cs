namespace NacGateway.Web.Api.Frame;

/// <summary>What every request of the API goes through behind the guard: its rate, a problem for each error, idempotency.</summary>
internal sealed class ApiPipeline(RequestRate rate, Idempotency idempotency)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? rate.InvokeAsync(context, limited => ExplainAsync(limited, explained => idempotency.InvokeAsync(explained, next)))
            : next(context);

    /// <summary>The framework's own refusals, such as of a method, have no body: they get one.</summary>
    private static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
        {
            await new ApiProblem(ProblemKind.OfStatus(response.StatusCode)).ExecuteAsync(context);
        }
    }
}
