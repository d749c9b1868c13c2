using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Api.Frame;

/// <summary>Bounds what one key or administrator asks of the API. Safe for concurrent use.</summary>
internal sealed class RequestRate : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter;

    public RequestRate(IOptions<ApiOptions> options)
    {
        // One token at a time: a pace below one a second is kept as well.
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = Math.Max(1, options.Value.RequestsPerMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromMinutes(Math.Max(1, options.Value.RequestsPerMinute / 60) / (double)options.Value.RequestsPerMinute),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        _limiter = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetTokenBucketLimiter(name, _ => bucket));
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = context.Features.Get<DeskUser>() is { } user ? _limiter.AttemptAcquire(user.Name) : null;
        if (lease is { IsAcquired: false })
        {
            lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
            await new ApiProblem(ProblemKind.TooMany, "Api:RequestsPerMinute and Api:Burst set the limit.") { RetryAfter = wait }.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    public void Dispose() => _limiter.Dispose();
}
