using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Api.Access;

/// <summary>Local accounts of administrators, and who is signed in. Keys cannot use it, whatever their role.</summary>
internal static class AdministratorsApi
{
    private const string Tag = "Administrators";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/administrators", ListAsync).RequireRight(DeskRight.ManageAccess).Describe("listAdministrators", Tag, "The local accounts, by name; the closed ones too.");
        api.MapPost("/administrators", AddAsync).RequireRight(DeskRight.ManageAccess).Describe("addAdministrator", Tag, "Makes an account; its first password is in the answer.").AnswersSecret();
        api.MapGet("/administrators/{id:long}", FindAsync).RequireRight(DeskRight.ManageAccess).Describe("getAdministrator", Tag, "One account.").HasVersion();
        api.MapPut("/administrators/{id:long}", ChangeAsync).RequireRight(DeskRight.ManageAccess).Describe("changeAdministrator", Tag, "Gives an account another role.").NeedsVersion().HasVersion();
        api.MapDelete("/administrators/{id:long}", CloseAsync).RequireRight(DeskRight.ManageAccess).Describe("closeAdministrator", Tag, "Closes an account, and signs out who uses it.");
        api.MapPost("/administrators/{id:long}/password", ResetPasswordAsync).RequireRight(DeskRight.ManageAccess).Describe("resetAdministratorPassword", Tag, "Gives an account a new password, which is in the answer.").AnswersSecret();
        api.MapDelete("/administrators/{id:long}/second-factor", ResetTotpAsync).RequireRight(DeskRight.ManageAccess).Describe("removeSecondFactor", Tag, "Takes the second factor of an account away.");
        api.MapGet("/administrators/sessions", SessionsAsync).RequireRight(DeskRight.ManageAccess).Describe("listAdministratorSessions", Tag, "Who is signed in at the desk.");
        api.MapDelete("/administrators/sessions/{id}", EndAsync).RequireRight(DeskRight.ManageAccess).Describe("endAdministratorSession", Tag, "Signs an administrator out.");
    }

    private static async Task<Ok<Page<AdministratorItem>>> ListAsync(HttpContext context, AdministratorAccounts accounts) =>
        TypedResults.Ok(new Page<AdministratorItem>([.. (await accounts.ListAsync(context.RequestAborted)).Select(account => AdministratorItem.Of(account))], NextCursor: null));

    private static async Task<Results<Created<AdministratorItem>, ApiProblem>> AddAsync(HttpContext context, NewAdministratorItem wanted, DeskAccounts acts, AdministratorAccounts accounts)
    {
        if (DeskAccounts.Problem(wanted.Name, wanted.Role) is { } problem)
        {
            return ApiProblem.Invalid(wanted.Role == DeskRole.None ? "role" : "name", problem);
        }

        var (outcome, password) = await acts.AddAsync(context.DeskUser(), wanted.Name, wanted.Role);
        return outcome == AccountChange.Done && await accounts.FindAsync(wanted.Name, CancellationToken.None) is { } account
            ? TypedResults.Created($"/api/v1/administrators/{account.Id}", AdministratorItem.Of(account, password))
            : ApiProblem.Conflict("There is an open account of this name, or there are as many as there may be.");
    }

    private static async Task<Results<Ok<AdministratorItem>, StatusCodeHttpResult, ApiProblem>> FindAsync(HttpContext context, long id, AdministratorAccounts accounts) =>
        await accounts.FindAsync(id, context.RequestAborted) is not { } account ? NotFound(id)
        : EntityTags.IsKnown(context, TagOf(account)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
        : TypedResults.Ok(AdministratorItem.Of(account));

    private static async Task<Results<Ok<AdministratorItem>, ApiProblem>> ChangeAsync(HttpContext context, long id, AdministratorChange change, DeskAccounts acts, AdministratorAccounts accounts)
    {
        if (await accounts.FindAsync(id, context.RequestAborted) is not { ClosedAt: null } account)
        {
            return NotFound(id);
        }

        if (!EntityTags.Allow(context, TagOf(account), out var refused))
        {
            return refused;
        }

        if (change.Role == DeskRole.None || !Enum.IsDefined(change.Role))
        {
            return ApiProblem.Invalid("role", "Choose a role.");
        }

        if (Refuse(await acts.ChangeRoleAsync(context.DeskUser(), account, change.Role), id) is { } problem)
        {
            return problem;
        }

        account.Role = change.Role;
        EntityTags.Set(context, TagOf(account));
        return TypedResults.Ok(AdministratorItem.Of(account));
    }

    private static async Task<Results<NoContent, ApiProblem>> CloseAsync(HttpContext context, long id, DeskAccounts acts, AdministratorAccounts accounts) =>
        await ActAsync(context, id, accounts, account => acts.CloseAsync(context.DeskUser(), account));

    private static async Task<Results<NoContent, ApiProblem>> ResetTotpAsync(HttpContext context, long id, DeskAccounts acts, AdministratorAccounts accounts) =>
        await ActAsync(context, id, accounts, account => acts.ResetTotpAsync(context.DeskUser(), account));

    private static async Task<Results<Ok<AdministratorItem>, ApiProblem>> ResetPasswordAsync(HttpContext context, long id, DeskAccounts acts, AdministratorAccounts accounts) =>
        await accounts.FindAsync(id, context.RequestAborted) is { ClosedAt: null } account && await acts.ResetPasswordAsync(context.DeskUser(), account) is (AccountChange.Done, var password)
            ? TypedResults.Ok(AdministratorItem.Of(account, password))
            : NotFound(id);

    private static async Task<Ok<Page<SignInItem>>> SessionsAsync(HttpContext context, DeskSessions sessions) =>
        TypedResults.Ok(new Page<SignInItem>([.. (await sessions.ListAsync(context.RequestAborted)).Select(SignInItem.Of)], NextCursor: null));

    private static async Task<Results<NoContent, ApiProblem>> EndAsync(HttpContext context, string id, AdminSessions sessions) =>
        DeskSessions.ReadId(id) is { } hash && await sessions.FindAsync(hash, context.RequestAborted) is { } session
        && await sessions.EndAsync(hash, DeskAudit.Line(context.DeskUser(), AccessTrail.SignOut, session.Name, $"at {session.Source}"), CancellationToken.None)
            ? TypedResults.NoContent()
            : ApiProblem.NotFound("There is no such sign-in, or it has ended.");

    private static async Task<Results<NoContent, ApiProblem>> ActAsync(HttpContext context, long id, AdministratorAccounts accounts, Func<Administrator, Task<AccountChange>> act) =>
        await accounts.FindAsync(id, context.RequestAborted) is not { ClosedAt: null } account ? NotFound(id)
        : Refuse(await act(account), id) is { } problem ? problem
        : TypedResults.NoContent();

    private static ApiProblem? Refuse(AccountChange outcome, long id) => outcome switch
    {
        AccountChange.Done => null,
        AccountChange.LastOne => ApiProblem.Conflict("This is the last account of an administrator. Make another one first."),
        _ => NotFound(id),
    };

    private static ApiProblem NotFound(long id) => ApiProblem.NotFound($"There is no open account {id}.");

    private static string TagOf(Administrator account) => EntityTags.Of($"{account.Id}", $"{account.Role}", $"{account.ClosedAt:O}", $"{account.TotpSecret is null}");
}
