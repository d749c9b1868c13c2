using NacGateway.Web.Desk;
using NacGateway.Web.Desk.People;

namespace NacGateway.Web.Admin.People;

/// <summary>People and devices, and who had an address.</summary>
internal static class PeopleEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<PersonUnlock>();
        services.AddSingleton<PeopleReads>();
        services.AddSingleton<UnlockAct>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/people", (HttpContext context, PeopleReads reads) => reads.FindAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/people/person", (HttpContext context, PeopleReads reads) => reads.PersonAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/people/device", (HttpContext context, PeopleReads reads) => reads.DeviceAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapGet("/people/address", (HttpContext context, PeopleReads reads) => reads.AddressAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        desk.MapPost("/people/unlock", (HttpContext context, UnlockAct act) => act.RunAsync(context)).RequireRight(DeskRight.ActOnSessions).ExcludeFromDescription();
    }
}
