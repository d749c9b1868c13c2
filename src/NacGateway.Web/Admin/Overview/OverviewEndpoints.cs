using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;
using NacGateway.Web.Desk.Overview;

namespace NacGateway.Web.Admin.Overview;

/// <summary>The first page.</summary>
internal static class OverviewEndpoints
{
    private static readonly Dictionary<string, Type> s_regions = new(StringComparer.Ordinal)
    {
        ["attention"] = typeof(AttentionRegion),
        ["tiles"] = typeof(TilesRegion),
        ["charts"] = typeof(ChartsRegion),
        ["reasons"] = typeof(ReasonsRegion),
        ["servers"] = typeof(ServersRegion),
        ["acts"] = typeof(ActsRegion),
    };

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<GatewayWatch>();
        services.AddSingleton<OverviewFactsReader>();
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<IOverviewReport, OverviewReports>();
        services.AddSingleton<OverviewFeedSource>();
        services.AddSingleton<ILiveTopic, OverviewTopic>();
    }

    public static void Map(IEndpointRouteBuilder desk) =>
        desk.MapGet("/overview", ShowAsync).RequireRight(DeskRight.Read).ExcludeFromDescription();

    private static async Task ShowAsync(HttpContext context, OverviewReader reader, DeskViews views, TimeProvider time)
    {
        var model = await reader.ReadAsync(PageLink.Of(context.Request), context.DeskUser(), time.GetUtcNow(), context.RequestAborted);
        await views.WriteAsync(context, new DeskView { Title = "Overview", Page = typeof(OverviewPage), Model = model, Regions = s_regions, Live = $"/live/{OverviewTopic.Path}" });
    }
}
