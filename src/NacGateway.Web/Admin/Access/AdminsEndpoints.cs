using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Admin.Access;

/// <summary>The local accounts and the sign-ins of all administrators.</summary>
internal sealed class AdminsEndpoints(AdministratorAccounts accounts, DeskAccounts acts, DeskSessions sessions, AdminSessions signIns, DeskViews views, IOptions<AdminOptions> options)
{
    private const string List = "/settings/admins";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(List, (HttpContext context, AdminsEndpoints pages) => pages.ListAsync(context, new Seen())).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost(List, (HttpContext context, AdminsEndpoints pages) => pages.AddAsync(context)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost("/settings/admins/sessions/end", (HttpContext context, AdminsEndpoints pages, AccessQuestions questions) => pages.EndAsync(context, questions)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapGet("/settings/admins/{id:long}", (HttpContext context, long id, AdminsEndpoints pages, DeskRefusals refusals) => pages.ShowAsync(context, id, refusals)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost("/settings/admins/{id:long}/role", (HttpContext context, long id, AdminsEndpoints pages) => pages.ActAsync(context, id, pages.ChangeRoleAsync)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost("/settings/admins/{id:long}/close", (HttpContext context, long id, AdminsEndpoints pages, AccessQuestions questions) => pages.CloseAsync(context, id, questions)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost("/settings/admins/{id:long}/totp", (HttpContext context, long id, AdminsEndpoints pages) => pages.ActAsync(context, id, pages.ResetTotpAsync)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
        desk.MapPost("/settings/admins/{id:long}/password", (HttpContext context, long id, AdminsEndpoints pages) => pages.ResetPasswordAsync(context, id)).RequireRight(DeskRight.ManageAccess).ExcludeFromDescription();
    }

    private async Task ListAsync(HttpContext context, Seen seen)
    {
        var model = new AdminsModel
        {
            Accounts = await accounts.ListAsync(context.RequestAborted),
            Sessions = await sessions.ListAsync(context.RequestAborted),
            This = context.DeskUser().Session?.TokenHash,
            RadiusRoles = options.Value.RadiusSignIn ? [.. options.Value.Roles.Select(line => (line.Attribute, line.Role))] : [],
            Problem = seen.Problem,
            Name = seen.Name,
            Made = seen.Made,
        };
        await views.WriteAsync(context, new DeskView { Title = "Administrators", Page = typeof(AdminsPage), Model = model, Status = seen.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity });
    }

    private async Task AddAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString().Trim();
        var role = Role(form);
        if (DeskAccounts.Problem(name, role) is { } problem)
        {
            await ListAsync(context, new Seen(problem, name));
            return;
        }

        var (outcome, password) = await acts.AddAsync(context.DeskUser(), name, role);
        await ListAsync(context, outcome == AccountChange.Done ? new Seen(Made: (name, password)) : new Seen("There is an open account of this name, or there are as many as there may be.", name));
    }

    private async Task ShowAsync(HttpContext context, long id, DeskRefusals refusals)
    {
        if (await accounts.FindAsync(id, context.RequestAborted) is not { } account)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        await WriteAsync(context, new AdminPageModel(account));
    }

    private Task WriteAsync(HttpContext context, AdminPageModel model) =>
        views.WriteAsync(context, new DeskView { Title = Kit.ForeignText.Visible(model.Account.Name, 64), Page = typeof(AdminPage), Model = model });

    private async Task ResetPasswordAsync(HttpContext context, long id)
    {
        if (await accounts.FindAsync(id, context.RequestAborted) is not { ClosedAt: null } account || await acts.ResetPasswordAsync(context.DeskUser(), account) is not (AccountChange.Done, var password))
        {
            DeskFlash.Redirect(context, List, Words(AccountChange.NotFound, ""));
            return;
        }

        await WriteAsync(context, new AdminPageModel(account, password));
    }

    private async Task ActAsync(HttpContext context, long id, Func<HttpContext, Administrator, Task<string>> act)
    {
        var message = await accounts.FindAsync(id, context.RequestAborted) is { ClosedAt: null } account ? await act(context, account) : Words(AccountChange.NotFound, "");
        DeskFlash.Redirect(context, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{List}/{id}"), message);
    }

    private async Task<string> ChangeRoleAsync(HttpContext context, Administrator account)
    {
        var role = Role(await context.Request.ReadFormAsync(context.RequestAborted));
        return role == DeskRole.None ? "Choose a role." : Words(await acts.ChangeRoleAsync(context.DeskUser(), account, role), $"The role is {role.Words()} now.");
    }

    private async Task CloseAsync(HttpContext context, long id, AccessQuestions questions)
    {
        var page = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{List}/{id}");
        if (await accounts.FindAsync(id, context.RequestAborted) is not { ClosedAt: null } account)
        {
            await DeskFlash.LeadAsync(context, page, Words(AccountChange.NotFound, ""));
            return;
        }

        var question = new AskModel { Action = $"{page}/close", Title = "Close this account?", Subject = account.Name, Effect = AccessWords.Close, Verb = "Close account", Back = page };
        if (await questions.IsConfirmedAsync(context, question))
        {
            await DeskFlash.LeadAsync(context, page, Words(await acts.CloseAsync(context.DeskUser(), account), "The account is closed."));
        }
    }

    private async Task<string> ResetTotpAsync(HttpContext context, Administrator account) => Words(await acts.ResetTotpAsync(context.DeskUser(), account), "The second factor is removed.");

    private async Task EndAsync(HttpContext context, AccessQuestions questions)
    {
        const string Ended = "That sign-in had ended already.";
        var id = (await context.Request.ReadFormAsync(context.RequestAborted))["id"].ToString();
        if (DeskSessions.ReadId(id) is not { } hash || await signIns.FindAsync(hash, context.RequestAborted) is not { } session)
        {
            await DeskFlash.LeadAsync(context, List, Ended);
            return;
        }

        var question = new AskModel { Action = $"{List}/sessions/end", Title = "Sign this administrator out?", Subject = $"{session.Name} at {session.Source}", Effect = AccessWords.SignOut, Verb = "Sign out", Id = id, Back = List };
        if (await questions.IsConfirmedAsync(context, question))
        {
            var isEnded = await signIns.EndAsync(hash, DeskAudit.Line(context.DeskUser(), AccessTrail.SignOut, session.Name, $"at {session.Source}"), CancellationToken.None);
            await DeskFlash.LeadAsync(context, List, isEnded ? "Signed out." : Ended);
        }
    }

    private static DeskRole Role(IFormCollection form) =>
        Enum.TryParse<DeskRole>(form["role"], out var role) && Enum.IsDefined(role) ? role : DeskRole.None;

    private static string Words(AccountChange outcome, string done) => outcome switch
    {
        AccountChange.Done => done,
        AccountChange.LastOne => "Not done: this is the last account of an administrator. Make another one first.",
        _ => "Not done: the account is closed, or not there any more.",
    };

    /// <summary>What the last act left for the page to say.</summary>
    private readonly record struct Seen(string? Problem = null, string Name = "", (string Name, string Password)? Made = null)
    {
        public Seen()
            : this(null, "", null)
        {
        }
    }
}
