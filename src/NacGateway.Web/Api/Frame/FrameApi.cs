using Microsoft.AspNetCore.Http.Json;

namespace NacGateway.Web.Api.Frame;

/// <summary>What all routes of the API share, its OpenAPI document, and the live feed.</summary>
internal static class FrameApi
{
    public static void AddServices(IServiceCollection services)
    {
        services.Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions));

        // A body or a parameter that cannot be read is told by its exception, which becomes a problem that says what and where.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<Cursors>();
        services.AddSingleton<Core.Administration.IdempotentReplies>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<RequestRate>();
        services.AddSingleton<ApiPipeline>();
        ApiDocument.AddServices(services);
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api) => IndexApi.Map(api);
}
