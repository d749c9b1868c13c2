using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Admin.Access;

/// <summary>Signing in and out. The pages need no script.</summary>
internal sealed class SignInEndpoints(DeskSignIn signIn, DeskViews views, AdministratorAccounts accounts, RadiusSignIn radius, AccessTrail trail)
{
    private const int LongestName = 253;

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/sign-in", (HttpContext context, SignInEndpoints pages, IDeskAuthentication authentication) => pages.ShowAsync(context, authentication)).AllowAnybody().ExcludeFromDescription();
        desk.MapPost("/sign-in", (HttpContext context, SignInEndpoints pages) => pages.SignInAsync(context)).AllowAnybody().ExcludeFromDescription();
        desk.MapGet("/sign-in/code", (HttpContext context) => See(context, "/sign-in")).AllowAnybody().ExcludeFromDescription();
        desk.MapPost("/sign-in/code", (HttpContext context, SignInEndpoints pages) => pages.AnswerAsync(context)).AllowAnybody().ExcludeFromDescription();
        desk.MapPost("/sign-out", (HttpContext context, AdminSessions sessions) => SignOutAsync(context, sessions)).RequireSignIn().ExcludeFromDescription();
    }

    private async Task ShowAsync(HttpContext context, IDeskAuthentication authentication)
    {
        var wanted = ReturnPath.Of(context.Request.Query["return"]);
        if (await authentication.AuthenticateAsync(context, context.RequestAborted) is { IsKey: false })
        {
            await See(context, wanted);
            return;
        }

        await WriteAsync(context, wanted, name: "", problem: null, StatusCodes.Status200OK);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        var wanted = ReturnPath.Of(form["return"]);
        string name = form["username"].ToString().Trim(), password = form["password"].ToString();
        name = name.Length <= LongestName ? name : name[..LongestName];
        if (!SignInForm.IsOwn(context.Request, form["token"].ToString()))
        {
            await WriteAsync(context, wanted, name, SignInProblem.OldForm, StatusCodes.Status403Forbidden);
            return;
        }

        if (name.Length == 0 || password.Length == 0)
        {
            await WriteAsync(context, wanted, name, name.Length == 0 ? SignInProblem.Missing("username", "Enter your user name") : SignInProblem.Missing("password", "Enter your password"), StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await AnswerAsync(context, wanted, name, await signIn.SignInAsync(name, password, SignInAttempt.Of(context), context.RequestAborted));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        var wanted = ReturnPath.Of(form["return"]);
        if (!SignInForm.IsOwn(context.Request, form["token"].ToString()))
        {
            await WriteAsync(context, wanted, name: "", SignInProblem.OldForm, StatusCodes.Status403Forbidden);
            return;
        }

        await AnswerAsync(context, wanted, name: "", await signIn.AnswerAsync(form["step"].ToString(), form["answer"].ToString(), SignInAttempt.Of(context), context.RequestAborted));
    }

    /// <summary>The form. One that cannot be read, as with NUL in a name, is refused by the frame; the trail tells of it as of any other try.</summary>
    private async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            await trail.RefusedAsync("nobody", SignInAttempt.Of(context).Source, "The form of a sign-in could not be read: there is NUL in it, or too much.");
            throw;
        }
    }

    private Task AnswerAsync(HttpContext context, string wanted, string name, SignInOutcome outcome)
    {
        switch (outcome)
        {
            case SignInOutcome.SignedIn begun:
                DeskCookie.Write(context, begun.Token, begun.Session.ExpiresAt);
                return See(context, wanted);
            case SignInOutcome.Code code:
                return WriteCodeAsync(context, wanted, code);
            case SignInOutcome.Paused paused:
                context.Response.Headers.RetryAfter = paused.Until.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                return WriteAsync(context, wanted, name, SignInProblem.Paused(paused.Until), StatusCodes.Status429TooManyRequests);
            case SignInOutcome.NotAsked:
                return WriteAsync(context, wanted, name, SignInProblem.NotAsked, StatusCodes.Status503ServiceUnavailable);
            case SignInOutcome.Busy:
                return WriteAsync(context, wanted, name, SignInProblem.Busy, StatusCodes.Status503ServiceUnavailable);
            case SignInOutcome.Expired:
                return WriteAsync(context, wanted, name, SignInProblem.Expired, StatusCodes.Status422UnprocessableEntity);
            default:
                return WriteAsync(context, wanted, name, SignInProblem.Refused, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private async Task WriteAsync(HttpContext context, string wanted, string name, SignInProblem? problem, int status)
    {
        var model = new SignInModel
        {
            Return = wanted,
            Token = SignInForm.Issue(context),
            Name = name,
            Problem = problem,
            IsRadiusOut = radius.IsOut,
            NeedsSetup = !radius.IsOn && !await accounts.AnyAsync(context.RequestAborted),
        };
        await views.WriteAsync(context, new DeskView { Title = problem is null ? "Sign in" : $"{problem.Title} · Sign in", Page = typeof(SignInPage), Model = model, Status = status, IsBare = true });
    }

    private Task WriteCodeAsync(HttpContext context, string wanted, SignInOutcome.Code code)
    {
        var model = new CodeModel
        {
            Id = code.Id,
            Name = code.Name,
            Return = wanted,
            Token = SignInForm.Issue(context),
            Messages = code.Messages,
            Echo = code.Echo,
            Problem = code.IsRepeat ? SignInProblem.WrongCode : null,
        };
        return views.WriteAsync(context, new DeskView { Title = "One more step · Sign in", Page = typeof(CodePage), Model = model, Status = code.IsRepeat ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, IsBare = true });
    }

    private static async Task SignOutAsync(HttpContext context, AdminSessions sessions)
    {
        var user = context.DeskUser();
        if (user.Session is { } session)
        {
            await sessions.EndAsync(session.TokenHash, DeskAudit.Line(user, AccessTrail.SignOut, target: null), CancellationToken.None);
        }

        DeskCookie.Clear(context);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        await See(context, "/sign-in");
    }

    private static Task See(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
