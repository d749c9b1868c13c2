using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Api.Access;

/// <summary>API keys. Keys cannot use it, whatever their role.</summary>
internal static class KeysApi
{
    private const string Tag = "API keys";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", ListAsync).RequireRight(DeskRight.ManageAccess).Describe("listApiKeys", Tag, "The keys, newest first; those too that may not be used any more.");
        api.MapPost("/keys", MakeAsync).RequireRight(DeskRight.ManageAccess).Describe("makeApiKey", Tag, "Makes a key; it is in the answer, this once.").AnswersSecret();
        api.MapDelete("/keys/{id:long}", RevokeAsync).RequireRight(DeskRight.ManageAccess).Describe("revokeApiKey", Tag, "Withdraws a key.");
    }

    private static async Task<Ok<Page<KeyItem>>> ListAsync(HttpContext context, ApiKeys keys) =>
        TypedResults.Ok(new Page<KeyItem>([.. (await keys.ListAsync(context.RequestAborted)).Select(key => KeyItem.Of(key))], NextCursor: null));

    private static async Task<Results<Created<KeyItem>, ApiProblem>> MakeAsync(HttpContext context, NewKeyItem wanted, DeskKeys acts)
    {
        var user = context.DeskUser();
        var days = wanted.Days ?? DeskKeys.DefaultDays;
        if (DeskKeys.Problem(user, wanted.Name, wanted.Role, days) is { } problem)
        {
            return ApiProblem.Invalid(problem.Field, problem.Text);
        }

        return await acts.MakeAsync(user, wanted.Name, wanted.Role, days) is var (key, text)
            ? TypedResults.Created($"/api/v1/keys/{key.Id}", KeyItem.Of(key, text))
            : ApiProblem.Conflict("A key in use has this name, or there are as many as there may be.");
    }

    private static async Task<Results<NoContent, ApiProblem>> RevokeAsync(HttpContext context, long id, ApiKeys keys, DeskKeys acts) =>
        await keys.FindAsync(id, context.RequestAborted) is { } key && await acts.RevokeAsync(context.DeskUser(), key)
            ? TypedResults.NoContent()
            : ApiProblem.NotFound($"There is no key {id} that could be withdrawn.");
}
