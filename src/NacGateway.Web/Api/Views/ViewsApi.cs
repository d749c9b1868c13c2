using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Api.Views;

/// <summary>The lists that somebody has kept; each has his own, and sees those that others share.</summary>
internal static class ViewsApi
{
    private const string Tag = "Views";
    private const string Path = ApiDocument.Root + "/views/";

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SavedViews>();
        services.AddSingleton<ViewKeeping>();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/views", ListAsync).RequireSignIn().Describe("listViews", Tag, "Your saved views, by page and name; or those that are shared.");
        api.MapPost("/views", SaveAsync).RequireSignIn().Describe("saveView", Tag, "Keeps a list with its filters under a name.").HasVersion();
        api.MapGet("/views/{id:long}", FindAsync).RequireSignIn().Describe("getView", Tag, "One of your saved views, or of those that are shared.").HasVersion();
        api.MapPut("/views/{id:long}", ChangeAsync).RequireSignIn().Describe("changeView", Tag, "Gives one of your saved views another name or query, or shares it.").NeedsVersion().HasVersion();
        api.MapDelete("/views/{id:long}", DeleteAsync).RequireSignIn().Describe("deleteView", Tag, "Deletes one of your saved views, or as an administrator a shared one; it can be taken back for 30 days.");
        api.MapPost("/views/{id:long}/restore", RestoreAsync).RequireSignIn().Describe("restoreView", Tag, "Takes a deleted view back.").HasVersion();
    }

    private static async Task<Ok<IReadOnlyList<ViewItem>>> ListAsync(
        HttpContext context,
        ViewKeeping keeping,
        [FromQuery, Description("Whether to list those that were deleted and can be taken back, instead.")] bool? deleted,
        [FromQuery, Description("Whether to list those that are shared, of all owners, instead.")] bool? shared)
    {
        var user = context.DeskUser();
        var views = shared == true ? await keeping.SharedAsync(user, context.RequestAborted) : await keeping.ListAsync(user, deleted == true, context.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<ViewItem>>([.. views.Select(ViewItem.Of)]);
    }

    private static async Task<Results<Created<ViewItem>, ApiProblem>> SaveAsync(HttpContext context, NewView asked, ViewKeeping keeping)
    {
        if (ViewKeeping.Objection(asked.Page, asked.Name, asked.Query) is var (member, error))
        {
            return ApiProblem.Invalid(member, error);
        }

        var (outcome, saved) = await keeping.SaveAsync(context.DeskUser(), asked.Page, new SavedViewText(asked.Name, asked.Query, asked.Shared));
        if (saved is null)
        {
            return ApiProblem.Conflict(ViewKeeping.Words(outcome));
        }

        EntityTags.Set(context, ViewItem.Tag(saved));
        return TypedResults.Created($"{Path}{saved.Id}", ViewItem.Of(saved));
    }

    private static async Task<Results<Ok<ViewItem>, StatusCodeHttpResult, ApiProblem>> FindAsync(HttpContext context, long id, ViewKeeping keeping) =>
        await keeping.FindAsync(context.DeskUser(), id, context.RequestAborted) is not { } view ? Missing(id)
            : EntityTags.IsKnown(context, ViewItem.Tag(view)) ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(ViewItem.Of(view));

    private static async Task<Results<Ok<ViewItem>, ApiProblem>> ChangeAsync(HttpContext context, long id, ViewChange change, ViewKeeping keeping)
    {
        var user = context.DeskUser();
        if (await keeping.FindAsync(user, id, context.RequestAborted) is not { DeletedAt: null } seen)
        {
            return Missing(id);
        }

        if (!ViewKeeping.MayChange(user, seen))
        {
            return NotYours(seen);
        }

        if (!EntityTags.Allow(context, ViewItem.Tag(seen), out var refused))
        {
            return refused;
        }

        if (ViewKeeping.Objection(seen.Page, change.Name, change.Query) is var (member, error))
        {
            return ApiProblem.Invalid(member, error);
        }

        var outcome = await keeping.ChangeAsync(user, seen, new SavedViewText(change.Name, change.Query, change.Shared));
        if (outcome is SavedViewOutcome.NameTaken or SavedViewOutcome.TooManyShared)
        {
            return ApiProblem.Conflict(ViewKeeping.Words(outcome));
        }

        if (outcome != SavedViewOutcome.Done || await keeping.FindAsync(user, id, context.RequestAborted) is not { } changed)
        {
            return new ApiProblem(ProblemKind.Stale, "Somebody else was faster by a moment. Nothing was changed.");
        }

        EntityTags.Set(context, ViewItem.Tag(changed));
        return TypedResults.Ok(ViewItem.Of(changed));
    }

    private static async Task<Results<NoContent, ApiProblem>> DeleteAsync(HttpContext context, long id, ViewKeeping keeping)
    {
        var user = context.DeskUser();
        return await keeping.FindAsync(user, id, context.RequestAborted) is not { DeletedAt: null } view ? Missing(id)
            : !ViewKeeping.MayDelete(user, view) ? NotYours(view)
            : await keeping.DeleteAsync(user, view) != SavedViewOutcome.Done ? Missing(id)
            : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ViewItem>, ApiProblem>> RestoreAsync(HttpContext context, long id, ViewKeeping keeping)
    {
        var user = context.DeskUser();
        if (await keeping.FindAsync(user, id, context.RequestAborted) is not { DeletedAt: not null } view)
        {
            return Missing(id);
        }

        var outcome = await keeping.RestoreAsync(user, view);
        if (outcome != SavedViewOutcome.Done)
        {
            return outcome == SavedViewOutcome.NotFound ? Missing(id) : ApiProblem.Conflict(ViewKeeping.Words(outcome));
        }

        EntityTags.Set(context, ViewItem.Tag(view with { DeletedAt = null }));
        return TypedResults.Ok(ViewItem.Of(view with { DeletedAt = null }));
    }

    private static ApiProblem Missing(long id) => ApiProblem.NotFound($"You have no saved view {id}.");

    private static ApiProblem NotYours(SavedView view) => new(ProblemKind.Forbidden, $"This view is of {view.Owner}, who shares it. Save it under a name of your own.");
}
