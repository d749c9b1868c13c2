using Microsoft.AspNetCore.Mvc;
using NacGateway.Web.Admin.Rules;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Decisions;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>Why somebody was let in or not, and what would happen to whom.</summary>
internal static class DecisionsEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<DecisionStories>();
        services.AddSingleton<DecisionReads>();
        services.AddSingleton<NewestDecision>();
        services.AddSingleton<ILiveTopic, DecisionsTopic>();
        services.AddSingleton<SimulationTexts>();
        services.AddSingleton<SimulationDesk>();
        services.AddSingleton<SimulatorPages>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/decisions", (HttpContext context, DecisionReads reads) => reads.ListAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/decisions/{id:long:min(1)}", (HttpContext context, DecisionReads reads, long id) => reads.ShowAsync(context, id)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/simulator", (HttpContext context, SimulatorPages pages) => pages.ShowAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapPost("/simulator", (HttpContext context, SimulatorPages pages) => pages.TryAsync(context)).RequireRight(DeskRight.Read).WithMetadata(new RequestSizeLimitAttribute(RulesEndpoints.LongestForm)).ExcludeFromDescription();
    }
}
