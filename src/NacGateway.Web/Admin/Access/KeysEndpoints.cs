using System.Globalization;
using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Admin.Access;

/// <summary>The API keys: made here, shown once, withdrawn.</summary>
internal sealed class KeysEndpoints(ApiKeys keys, DeskKeys acts, DeskViews views)
{
    private const string List = "/settings/api-keys";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(List, (HttpContext context, KeysEndpoints pages) => pages.WriteAsync(context, new KeysModel { Keys = [] })).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost(List, (HttpContext context, KeysEndpoints pages) => pages.MakeAsync(context)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost("/settings/api-keys/revoke", (HttpContext context, KeysEndpoints pages, AccessQuestions questions) => pages.RevokeAsync(context, questions)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
    }

    private async Task WriteAsync(HttpContext context, KeysModel model)
    {
        var whole = model with { Keys = await keys.ListAsync(context.RequestAborted) };
        await views.WriteAsync(context, new DeskView { Title = "API keys", Page = typeof(KeysPage), Model = whole, Status = model.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity });
    }

    private async Task MakeAsync(HttpContext context)
    {
        var user = context.DeskUser();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString().Trim();
        var role = Enum.TryParse<DeskRole>(form["role"], out var chosen) && Enum.IsDefined(chosen) ? chosen : DeskRole.None;
        var days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (DeskKeys.Problem(user, name, role, days) is { } problem)
        {
            await WriteAsync(context, new KeysModel { Keys = [], Problem = problem, Name = name });
            return;
        }

        var made = await acts.MakeAsync(user, name, role, days);
        await WriteAsync(context, made is null
            ? new KeysModel { Keys = [], Problem = ("name", "A key in use has this name, or there are as many as there may be."), Name = name }
            : new KeysModel { Keys = [], Made = (name, made.Value.Text) });
    }

    private async Task RevokeAsync(HttpContext context, AccessQuestions questions)
    {
        const string Revoked = "That key was revoked already.";
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!long.TryParse(form["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || await keys.FindAsync(id, context.RequestAborted) is not { } key)
        {
            await DeskFlash.LeadAsync(context, List, Revoked);
            return;
        }

        var question = new AskModel { Action = $"{List}/revoke", Title = "Revoke this key?", Subject = key.Name, Effect = AccessWords.Revoke, Verb = "Revoke", Id = id.ToString(CultureInfo.InvariantCulture), Back = List };
        if (await questions.IsConfirmedAsync(context, question))
        {
            await DeskFlash.LeadAsync(context, List, await acts.RevokeAsync(context.DeskUser(), key) ? "The key is revoked." : Revoked);
        }
    }
}
