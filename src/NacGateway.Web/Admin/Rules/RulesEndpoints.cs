using Microsoft.AspNetCore.Mvc;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Rules;

/// <summary>Policies, the walled garden and settings.</summary>
internal static class RulesEndpoints
{
    /// <summary>A document of a million characters, as a form writes them.</summary>
    internal const long LongestForm = 8 * 1024 * 1024;

    public static void AddServices(IServiceCollection services)
    {
        RulesServices.Add(services);
        services.AddSingleton<PolicyReads>();
        services.AddSingleton<PolicyActs>();
        Settings.SettingsEndpoints.AddServices(services);
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        Settings.SettingsEndpoints.Map(desk);
        var size = new RequestSizeLimitAttribute(LongestForm);
        desk.MapGet("/policies", (HttpContext context, PolicyReads reads) => reads.ShowAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/policies/history", (HttpContext context, PolicyReads reads) => reads.ListAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/policies/history/{version:int:min(1)}", (HttpContext context, PolicyReads reads, int version) => reads.ShowVersionAsync(context, version)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/policies/edit", (HttpContext context, PolicyReads reads) => reads.EditAsync(context)).RequireRight(DeskRight.ManageRules).ExcludeFromDescription();
        desk.MapPost("/policies/edit", (HttpContext context, PolicyActs acts) => acts.EditAsync(context)).RequireRight(DeskRight.ManageRules).WithMetadata(size).ExcludeFromDescription();
        desk.MapPost("/policies/preview", (HttpContext context, PolicyActs acts) => acts.PreviewAsync(context)).RequireRight(DeskRight.ManageRules).WithMetadata(size).ExcludeFromDescription();
        desk.MapPost("/policies/save", (HttpContext context, PolicyActs acts) => acts.SaveAsync(context)).RequireRight(DeskRight.ManageRules).WithMetadata(size).ExcludeFromDescription();
    }
}
