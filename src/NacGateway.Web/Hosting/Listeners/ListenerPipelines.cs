using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>Sends each request to its listener's own pipeline, before anything else has looked at it.</summary>
internal sealed class ListenerPipelines
{
    private readonly RequestDelegate _admin;

    private ListenerPipelines(RequestDelegate admin) => _admin = admin;

    /// <summary>Makes the pipelines and puts the switch between them at the head of the application.</summary>
    public static void Map(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        IApplicationBuilder root = app;
        var admin = root.New();
        AdminPipeline.Build(admin);

        var pipelines = new ListenerPipelines(admin.Build());
        root.Use(_ => pipelines.InvokeAsync);
    }

    private Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ListenerTag>() is { Kind: ListenerKind.Admin })
        {
            return _admin(context);
        }

        // No listener of ours: nothing is served rather than something by chance.
        context.Abort();
        return Task.CompletedTask;
    }
}
