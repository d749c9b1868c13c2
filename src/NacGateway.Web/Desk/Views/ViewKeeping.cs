using System.Text;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Views;

/// <summary>What pages and API do with saved views: who sees and does what with which, and how each act is told of.</summary>
internal sealed class ViewKeeping(SavedViews views)
{
    private static readonly (string Page, DeskRight Right)[] s_pages = [("/sessions", DeskRight.Read), ("/people", DeskRight.Read), ("/decisions", DeskRight.Read), ("/audit", DeskRight.ReadAudit)];

    /// <summary>Pages whose lists can be kept.</summary>
    public static IReadOnlyList<string> Pages { get; } = [.. s_pages.Select(page => page.Page)];

    /// <summary>Why a view cannot be kept so; null where it can.</summary>
    public static (string Member, string Error)? Objection(string page, string name, string query) =>
        !Pages.Contains(page, StringComparer.Ordinal) ? ("page", $"Lists can be kept of {string.Join(", ", Pages)}.")
        : name.Trim().Length is 0 or > SavedViews.LongestName || name.Any(char.IsControl) || !IsWhole(name) ? ("name", $"A name has 1 to {SavedViews.LongestName} characters.")
        : query.Length > SavedViews.LongestQuery || query.Any(c => c is < '!' or > '~' or '#') ? ("query", $"A query has at most {SavedViews.LongestQuery} characters, as in the address of the page.")
        : null;

    /// <summary>Why an act came to nothing.</summary>
    public static string Words(SavedViewOutcome outcome) => outcome switch
    {
        SavedViewOutcome.NameTaken => "There is another view of this name.",
        SavedViewOutcome.TooMany => $"There are {SavedViews.Most} saved views, which is the most one may have. Delete one first.",
        SavedViewOutcome.TooManyShared => $"{SavedViews.MostShared} views are shared, which is the most there may be. Share one less first.",
        _ => "That view is not there any more.",
    };

    /// <summary>Whether he changes it: its owner does, and nobody else.</summary>
    public static bool MayChange(DeskUser user, SavedView view) => view.Owner == user.Name;

    /// <summary>Whether he deletes it and takes it back: its owner; of a shared one, which all have in their menus, an administrator too.</summary>
    public static bool MayDelete(DeskUser user, SavedView view) => MayChange(user, view) || (view.Shared && user.Role == DeskRole.Administrator);

    /// <summary>A view that he may see, deleted or not; null for none.</summary>
    public async Task<SavedView?> FindAsync(DeskUser user, long id, CancellationToken cancellationToken) =>
        await views.FindAsync(id, cancellationToken) is { } view && (MayDelete(user, view) || (view.DeletedAt is null && IsSharedWith(user, view))) ? view : null;

    /// <summary>His own.</summary>
    public Task<IReadOnlyList<SavedView>> ListAsync(DeskUser user, bool deleted, CancellationToken cancellationToken) => views.ListAsync(user.Name, deleted, cancellationToken);

    /// <summary>Those that are shared, of pages that he may see.</summary>
    public async Task<IReadOnlyList<SavedView>> SharedAsync(DeskUser user, CancellationToken cancellationToken) =>
        [.. (await views.SharedAsync(cancellationToken)).Where(view => IsSharedWith(user, view))];

    /// <summary>The views of a page that shows a list.</summary>
    public async Task<ViewShelf> ShelfAsync(HttpContext context, string page)
    {
        var user = context.DeskUser();
        var query = ViewQuery.Plain(context.Request.QueryString.Value ?? "");
        var key = ViewQuery.Key(query);
        var seen = await views.OfPageAsync(user.Name, page, context.RequestAborted);
        return new ViewShelf
        {
            Page = page,
            Query = query,
            CanKeep = Objection(page, "-", query) is null,
            Views = [.. seen.OrderBy(view => view.Owner != user.Name).Select(view => new ShelfView(view, MayChange(user, view), MayDelete(user, view), ViewQuery.Key(view.Query) == key))],
        };
    }

    /// <summary>Keeps one that has no objection.</summary>
    public Task<(SavedViewOutcome Outcome, SavedView? View)> SaveAsync(DeskUser user, string page, SavedViewText text)
    {
        var clean = Clean(text);
        return views.SaveAsync(user.Name, page, clean, DeskAudit.Line(user, "view.save", $"{page} {clean.Name}", Told(clean)), CancellationToken.None);
    }

    /// <summary>Changes one that is still as it was seen, and whose change has no objection.</summary>
    public Task<SavedViewOutcome> ChangeAsync(DeskUser user, SavedView seen, SavedViewText text)
    {
        var clean = Clean(text);
        return views.ChangeAsync(seen, clean, DeskAudit.Line(user, "view.change", $"{seen.Page} {seen.Name}", $"{clean.Name}: {Told(clean)}"), CancellationToken.None);
    }

    public Task<SavedViewOutcome> DeleteAsync(DeskUser user, SavedView view) =>
        views.DeleteAsync(view.Id, DeskAudit.Line(user, "view.delete", $"{view.Page} {view.Name}", $"{Whose(user, view)}It can be taken back for {SavedViews.Kept.TotalDays:0} days."), CancellationToken.None);

    public Task<SavedViewOutcome> RestoreAsync(DeskUser user, SavedView view) =>
        views.RestoreAsync(view.Id, DeskAudit.Line(user, "view.restore", $"{view.Page} {view.Name}", Whose(user, view) is { Length: > 0 } whose ? whose : null), CancellationToken.None);

    private static SavedViewText Clean(SavedViewText text) => text with { Name = text.Name.Trim(), Query = ViewQuery.Plain(text.Query) };

    private static string Told(SavedViewText text) => text.Shared switch { true => $"for all: {text.Query}", false => $"for himself: {text.Query}", null => text.Query };

    private static string Whose(DeskUser user, SavedView view) => view.Owner == user.Name ? "" : $"Of {view.Owner}. ";

    private static bool IsSharedWith(DeskUser user, SavedView view) => view.Shared && s_pages.Any(page => page.Page == view.Page && user.May(page.Right));

    /// <summary>Half of a surrogate pair is no text, and no database keeps it.</summary>
    private static bool IsWhole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
