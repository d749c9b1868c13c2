using System.Globalization;
using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Views;

/// <summary>Keeps lists under names, changes and deletes them, from the pages of the lists and from a page of each.</summary>
internal sealed class ViewPages(ViewKeeping keeping, DeskViews views, DeskRefusals refusals)
{
    /// <summary>The part of a page that an act on a view changes.</summary>
    private static readonly string[] s_regions = ["views"];

    public const string Restore = "/me/views/restore";

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/me/views", (HttpContext context, ViewPages pages) => pages.SaveAsync(context)).RequireSignIn().ExcludeFromDescription();
        desk.MapGet("/me/views/{id:long}", (HttpContext context, ViewPages pages, long id) => pages.ShowAsync(context, id)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/views/{id:long}", (HttpContext context, ViewPages pages, long id) => pages.ChangeAsync(context, id)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost("/me/views/delete", (HttpContext context, ViewPages pages) => pages.DeleteAsync(context)).RequireSignIn().ExcludeFromDescription();
        desk.MapPost(Restore, (HttpContext context, ViewPages pages) => pages.RestoreAsync(context)).RequireSignIn().ExcludeFromDescription();
    }

    /// <summary>All that somebody has, for his own page.</summary>
    public static async Task<KeptViews> AllAsync(ViewKeeping keeping, DeskUser user, CancellationToken cancellationToken) => new()
    {
        Views =
        [
            .. (await keeping.ListAsync(user, deleted: false, cancellationToken)).Select(view => Shelf(user, view)),
            .. (await keeping.SharedAsync(user, cancellationToken)).Where(view => !ViewKeeping.MayChange(user, view)).Select(view => Shelf(user, view)),
        ],
        Deleted = await keeping.ListAsync(user, deleted: true, cancellationToken),
    };

    private async Task ShowAsync(HttpContext context, long id)
    {
        if (await keeping.FindAsync(context.DeskUser(), id, context.RequestAborted) is not { } view)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        await WriteAsync(context, Model(context.DeskUser(), view));
    }

    /// <summary>From a list's page: <c>page</c>, <c>query</c> and <c>name</c>; leads back to the list.</summary>
    private async Task SaveAsync(HttpContext context)
    {
        var form = await ViewForm.ReadAsync(context);
        var model = new ViewPageModel { Page = form.Page, Name = form.Name ?? "", Query = form.Query ?? "", Shared = form.Shared == true };
        if (ViewKeeping.Objection(model.Page, model.Name, model.Query) is var (member, error))
        {
            await RefuseAsync(context, model, member, error);
            return;
        }

        var (outcome, view) = await keeping.SaveAsync(context.DeskUser(), model.Page, new SavedViewText(model.Name, model.Query, form.Shared));
        await (view is null ? RefuseAsync(context, model, outcome) : SayAsync(context, ViewQuery.Address(view), $"The view {view.Name} is kept."));
    }

    private async Task ChangeAsync(HttpContext context, long id)
    {
        var user = context.DeskUser();
        var form = await ViewForm.ReadAsync(context);
        if (await keeping.FindAsync(user, id, context.RequestAborted) is not { DeletedAt: null } seen)
        {
            await GoneAsync(context, form);
            return;
        }

        var model = Model(user, seen) with { Name = form.Name ?? seen.Name, Query = form.Query ?? seen.Query, Shared = form.Shared ?? seen.Shared };
        if (!ViewKeeping.MayChange(user, seen))
        {
            await refusals.DeclineAsync(context, StatusCodes.Status403Forbidden, "This view is somebody else's", $"{seen.Owner} shares it. Open it, and save it under a name of your own.");
            return;
        }

        if (ViewKeeping.Objection(seen.Page, model.Name, model.Query) is var (member, error))
        {
            await RefuseAsync(context, model, member, error);
            return;
        }

        var outcome = await keeping.ChangeAsync(user, seen, new SavedViewText(model.Name, model.Query, form.Shared));
        await (outcome == SavedViewOutcome.Done ? SayAsync(context, form.Back, $"The view {model.Name.Trim()} is changed.") : RefuseAsync(context, model, outcome));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var user = context.DeskUser();
        var form = await ViewForm.ReadAsync(context);
        if (form.Id is not { } id || await keeping.FindAsync(user, id, context.RequestAborted) is not { DeletedAt: null } view
            || !ViewKeeping.MayDelete(user, view) || await keeping.DeleteAsync(user, view) != SavedViewOutcome.Done)
        {
            await GoneAsync(context, form);
            return;
        }

        await SayAsync(context, form.Back, $"The view {view.Name} is deleted.", string.Create(CultureInfo.InvariantCulture, $"{Restore}?id={id}"));
    }

    private async Task RestoreAsync(HttpContext context)
    {
        var user = context.DeskUser();
        var form = await ViewForm.ReadAsync(context);
        if (form.Id is not { } id || await keeping.FindAsync(user, id, context.RequestAborted) is not { DeletedAt: not null } view)
        {
            await GoneAsync(context, form);
            return;
        }

        var outcome = await keeping.RestoreAsync(user, view);
        await (outcome == SavedViewOutcome.Done ? SayAsync(context, form.Back, $"The view {view.Name} is back.") : SayNotAsync(context, form.Back, outcome));
    }

    private Task WriteAsync(HttpContext context, ViewPageModel model) => views.WriteAsync(context, new DeskView
    {
        Title = model.Kept is null ? "Save a view" : Kit.ForeignText.Visible(model.Kept.View.Name, SavedViews.LongestName),
        Page = typeof(ViewPage),
        Model = model,
        Status = model.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    });

    private static async Task SayAsync(HttpContext context, string back, string words, string? undo = null)
    {
        if (DeskRefusals.IsProgram(context))
        {
            await context.Response.WriteAsJsonAsync(new { ok = 1, message = words, undo, regions = s_regions }, ApiJson.Options, CancellationToken.None);
            return;
        }

        DeskFlash.Redirect(context, back, words, undo);
    }

    private static async Task SayNotAsync(HttpContext context, string back, SavedViewOutcome outcome)
    {
        if (DeskRefusals.IsProgram(context))
        {
            await ApiProblem.Conflict(ViewKeeping.Words(outcome)).ExecuteAsync(context);
            return;
        }

        DeskFlash.Redirect(context, back, $"Not done. {ViewKeeping.Words(outcome)}");
    }

    private static Task GoneAsync(HttpContext context, ViewForm form) => SayNotAsync(context, form.Back, SavedViewOutcome.NotFound);

    private Task RefuseAsync(HttpContext context, ViewPageModel model, SavedViewOutcome outcome) =>
        outcome == SavedViewOutcome.NameTaken || !DeskRefusals.IsProgram(context) ? RefuseAsync(context, model, "name", ViewKeeping.Words(outcome)) : SayNotAsync(context, "/me", outcome);

    /// <summary>The form once more, with what was typed and what is wrong with it.</summary>
    private Task RefuseAsync(HttpContext context, ViewPageModel model, string field, string error) =>
        DeskRefusals.IsProgram(context) ? ApiProblem.Invalid(field, error).ExecuteAsync(context)
        : field == "page" ? refusals.DeclineAsync(context, StatusCodes.Status422UnprocessableEntity, "Nothing was kept", error)
        : WriteAsync(context, model with { Problem = (field, error) });

    private static ViewPageModel Model(DeskUser user, SavedView view) =>
        new() { Kept = Shelf(user, view), Page = view.Page, Name = view.Name, Query = view.Query, Shared = view.Shared };

    private static ShelfView Shelf(DeskUser user, SavedView view) => new(view, ViewKeeping.MayChange(user, view), ViewKeeping.MayDelete(user, view));
}
