using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>The RADIUS servers.</summary>
internal static class RadiusEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<RadiusServerList>();
        services.AddSingleton<OutageWords>();
        services.AddSingleton<RadiusTestDesk>();
        services.AddSingleton<RadiusReads>();
        services.AddSingleton<TestSignIns>();
        services.AddSingleton<ILiveTopic, RadiusTopic>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/radius", (HttpContext context, RadiusReads reads) => reads.ListAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/radius/{server}", (HttpContext context, RadiusReads reads, string server) => reads.ShowAsync(context, server)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/radius/servers/{server}", (HttpContext context, RadiusReads reads, string server) => reads.ShowAsync(context, server)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/radius/test", (HttpContext context, TestSignIns tests) => tests.AskAsync(context)).RequireRight(DeskRight.TestRadius).ExcludeFromDescription();
        desk.MapPost("/radius/test", (HttpContext context, TestSignIns tests) => tests.SendAsync(context)).RequireRight(DeskRight.TestRadius).ExcludeFromDescription();
    }
}
