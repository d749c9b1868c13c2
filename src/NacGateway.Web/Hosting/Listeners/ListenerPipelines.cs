using Microsoft.AspNetCore.Http.Features;
using NacGateway.Web.Admin;
using NacGateway.Web.Gate;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>Sends each request to its listener's own pipeline, before anything else has looked at it.</summary>
internal sealed class ListenerPipelines
{
    private readonly GateEndpoint _gate;
    private readonly RequestDelegate _portal;
    private readonly RequestDelegate _admin;

    private ListenerPipelines(GateEndpoint gate, RequestDelegate portal, RequestDelegate admin)
    {
        _gate = gate;
        _portal = portal;
        _admin = admin;
    }

    /// <summary>Makes the pipelines and puts the switch between them at the head of the application.</summary>
    public static void Map(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        IApplicationBuilder root = app;
        var portal = root.New();
        PortalPipeline.Build(portal);
        var pipelines = new ListenerPipelines(app.Services.GetRequiredService<GateEndpoint>(), portal.Build(), AdminPipeline.Build(app.Services));
        app.Services.GetRequiredService<PortalLink>().Pipeline = pipelines._portal;
        root.Use(_ => pipelines.InvokeAsync);
    }

    private Task InvokeAsync(HttpContext context)
    {
        switch (context.Features.Get<ListenerTag>()?.Kind)
        {
            case ListenerKind.Gate:
                Unlimit(context);
                return _gate.InvokeAsync(context);
            case ListenerKind.Portal or ListenerKind.PortalHttps:
                return _portal(context);
            case ListenerKind.Admin:
                return _admin(context);
            default:
                // No listener of ours: nothing is served rather than something by chance.
                context.Abort();
                return Task.CompletedTask;
        }
    }

    /// <summary>What the gate forwards is the destination's to limit.</summary>
    private static void Unlimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
