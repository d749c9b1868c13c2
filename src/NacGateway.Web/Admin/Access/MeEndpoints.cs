using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Views;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Access;

/// <summary>What an administrator keeps for himself: looks, password, sign-ins, views. A program with a key has nothing of it.</summary>
internal sealed class MeEndpoints(DeskViews views, DeskSessions sessions, ViewKeeping keeping, AdminPreferences preferences, OwnPassword password, AdminSessions signIns)
{
    private const string Page = "/me";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(Page, (HttpContext context, MeEndpoints pages) => pages.ShowAsync(context, passwordProblem: null)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/preferences", (HttpContext context, MeEndpoints pages) => pages.KeepAsync(context)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/password", (HttpContext context, MeEndpoints pages) => pages.ChangePasswordAsync(context)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/sessions/end", (HttpContext context, MeEndpoints pages) => pages.EndAsync(context)).RequireSignIn().ExcludeFromDescription();
    }

    private async Task ShowAsync(HttpContext context, string? passwordProblem)
    {
        var user = context.DeskUser();
        var model = new MeModel
        {
            Sessions = [.. (await sessions.ListAsync(context.RequestAborted)).Where(session => IsOwn(session, user))],
            This = user.Session?.TokenHash,
            Views = await ViewPages.AllAsync(keeping, user, context.RequestAborted),
            HasPassword = user.Session is { Origin: AdminSession.Local },
            PasswordProblem = passwordProblem,
        };
        var status = passwordProblem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        await views.WriteAsync(context, new DeskView { Title = "Preferences", Page = typeof(MePage), Model = model, Status = status });
    }

    private async Task KeepAsync(HttpContext context)
    {
        var wanted = MePreferences.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        var isKept = await preferences.KeepAsync(context.DeskUser().Name, wanted, context.RequestAborted);
        DeskFlash.Redirect(context, Page, isKept ? "Kept." : "Not kept: the database did not take it.");
    }

    private async Task ChangePasswordAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await password.ChangeAsync(context.DeskUser(), form["present"].ToString(), form["wanted"].ToString(), form["again"].ToString(), context.RequestAborted) is { } problem)
        {
            await ShowAsync(context, problem);
            return;
        }

        DeskFlash.Redirect(context, Page, "Your password is changed. Other sign-ins of yours have ended.");
    }

    private async Task EndAsync(HttpContext context)
    {
        var user = context.DeskUser();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var isEnded = DeskSessions.ReadId(form["id"].ToString()) is { } hash
            && await signIns.FindAsync(hash, context.RequestAborted) is { } session && IsOwn(session, user)
            && await signIns.EndAsync(hash, DeskAudit.Line(user, AccessTrail.SignOut, session.Name, $"his own at {session.Source}"), CancellationToken.None);
        DeskFlash.Redirect(context, Page, isEnded ? "Signed out there." : "That sign-in had ended already.");
    }

    private static bool IsOwn(AdminSession session, DeskUser user) =>
        session.Name == user.Name && (user.Session is null || session.Origin == user.Session.Origin);
}
