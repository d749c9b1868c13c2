using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Admin;

/// <summary>What the administrator's listener serves: health, metrics, the desk's pages and the API. Headers, faults, routing, guard, what the API shares, route.</summary>
internal static class AdminPipeline
{
    public static RequestDelegate Build(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var branch = new ApplicationBuilder(services);

        // Counts from now on, not from the first question for its page.
        services.GetRequiredService<MetricsCollector>();
        var faults = services.GetRequiredService<DeskFaults>();
        var hosts = services.GetRequiredService<DeskHosts>();
        var guard = services.GetRequiredService<DeskGuard>();
        branch.UseRequestTrace();
        var api = services.GetRequiredService<ApiPipeline>();
        branch.Use(next => context =>
        {
            DeskHeaders.Apply(context);
            return hosts.IsOurs(context) ? faults.InvokeAsync(context, next) : DeskHosts.RefuseAsync(context);
        });
        branch.UseRouting();
        branch.Use(next => context => guard.InvokeAsync(context, next));
        branch.Use(next => context => api.InvokeAsync(context, next));
        branch.UseEndpoints(desk =>
        {
            DeskRoutes.Map(desk);
            DeskGuard.Demand(desk.DataSources.SelectMany(source => source.Endpoints));
        });
        return branch.Build();
    }
}
