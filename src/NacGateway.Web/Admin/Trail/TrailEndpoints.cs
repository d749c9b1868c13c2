using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Trail;

namespace NacGateway.Web.Admin.Trail;

/// <summary>The audit trail.</summary>
internal static class TrailEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<TrailCheck>();
        services.AddSingleton<TrailPages>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/audit", (HttpContext context, TrailPages pages) => pages.ListAsync(context)).RequireRight(DeskRight.ReadAudit).ExcludeFromDescription();
        desk.MapGet("/audit/{sequence:long}", (HttpContext context, long sequence, TrailPages pages) => pages.ShowAsync(context, sequence)).RequireRight(DeskRight.ReadAudit).ExcludeFromDescription();
        desk.MapPost("/audit/verify", (HttpContext context, TrailPages pages) => pages.VerifyAsync(context)).RequireRight(DeskRight.ReadAudit).ExcludeFromDescription();
        desk.MapGet("/audit/export.csv", (HttpContext context, TrailPages pages) => pages.ExportAsync(context, "csv")).RequireRight(DeskRight.Export).ExcludeFromDescription();
        desk.MapGet("/audit/export.json", (HttpContext context, TrailPages pages) => pages.ExportAsync(context, "json")).RequireRight(DeskRight.Export).ExcludeFromDescription();
    }
}
