using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Admin.Frame;

/// <summary>Says no to people by a page, to programs by problem details (RFC 9457).</summary>
internal sealed class DeskRefusals(DeskViews views) : IDeskRefusals
{
    public Task NotFoundAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status404NotFound, new Refusal("There is no such page", "The address is not one of the desk's, or what it showed is gone."));

    public Task SignInAsync(HttpContext context)
    {
        if (!IsProgram(context) && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = $"/sign-in?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}";
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"NacGateway\"";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, new Refusal("You are not signed in", "Sign in, or send an API key as Authorization: Bearer."));
    }

    public Task ForbiddenAsync(HttpContext context, DeskUser user, IReadOnlyList<DeskRole> roles) =>
        RefuseAsync(context, StatusCodes.Status403Forbidden, new Refusal("Your role does not allow this", $"You are signed in as {user.Name} with the role {user.Role}. This takes {string.Join(" or ", roles)}."));

    public Task ForeignAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status403Forbidden, new Refusal("This request did not come from the desk", "It carried no valid token, so nothing was changed. Load the page again and repeat what you did."));

    public Task DeclineAsync(HttpContext context, int status, string title, string text) => RefuseAsync(context, status, new Refusal(title, text));

    /// <summary>Whether problem details are wanted rather than a page.</summary>
    public static bool IsProgram(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || context.Request.Path.StartsWithSegments("/live", StringComparison.Ordinal)
        || context.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase);

    public Task RefuseAsync(HttpContext context, int status, Refusal refusal)
    {
        if (!IsProgram(context))
        {
            refusal = status >= StatusCodes.Status500InternalServerError && HttpMethods.IsGet(context.Request.Method) ? refusal with { Retry = context.Request.Path.Add(context.Request.QueryString) } : refusal;
            return views.WriteAsync(context, new DeskView { Title = refusal.Title, Page = typeof(RefusalPage), Model = refusal, Status = status, IsBare = context.Features.Get<DeskUser>() is null });
        }

        var kind = ProblemKind.OfStatus(status);
        return new ApiProblem(kind, refusal.Text) { Title = refusal.Title, Reference = refusal.Reference }.ExecuteAsync(context);
    }
}
