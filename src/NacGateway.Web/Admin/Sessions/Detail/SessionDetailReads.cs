using NacGateway.Core.Insight.Story;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk.Acts;

namespace NacGateway.Web.Admin.Sessions.Detail;

/// <summary>Shows one session.</summary>
internal sealed class SessionDetailReads(SessionFiles files, DeskViews views, DeskRefusals refusals)
{
    private const int MostOthers = 8;

    /// <summary>What can be shown of a timeline: names in the address, and their labels.</summary>
    public static IReadOnlyList<(string Name, string Label)> Facets { get; } = [("", "All"), ("sign-in", "Sign-in"), ("accounting", "Accounting"), ("admin", "Admin")];

    public async Task ShowAsync(HttpContext context, string id)
    {
        if (await files.ReadAsync(id, context.RequestAborted) is not { } file)
        {
            await refusals.RefuseAsync(context, StatusCodes.Status404NotFound, new Refusal("There is no such session", "No session with this Acct-Session-Id is kept. It may have been forgotten since (Sessions:KeptFor), or belong to another gateway's database."));
            return;
        }

        var asked = context.Request.Query["show"].ToString();
        var show = Facets.FirstOrDefault(facet => string.Equals(facet.Name, asked, StringComparison.OrdinalIgnoreCase)).Name;
        var row = file.Row;
        await views.WriteAsync(context, new DeskView
        {
            Title = $"Session of {Kit.ForeignText.Visible(row.UserName, 64)}",
            Page = typeof(SessionDetailPage),
            Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["session-head"] = typeof(SessionHead), ["session-facts"] = typeof(SessionFacts), ["session-timeline"] = typeof(SessionTimelinePart) },
            Live = row.EndedAt is null ? $"/live/session?id={Uri.EscapeDataString(row.AcctSessionId)}" : null,
            Model = new SessionDetailModel
            {
                Row = row,
                Lines = [.. file.Lines.Where(line => IsIn(line, show ?? "")).Reverse()],
                Show = show ?? "",
                IsShortened = file.Story.IsShortened,
                Traffic = TrafficRates.Of(file.Story.Traffic),
                Others = await files.OthersAsync(row, MostOthers, context.RequestAborted),
                Notice = show is null ? "The timeline has no such part; all of it is shown." : null,
            },
        });
    }

    private static bool IsIn(StoryLine line, string show) => show switch
    {
        "sign-in" => line.Facet == StoryFacet.SignIn,
        "accounting" => line.Facet == StoryFacet.Accounting,
        "admin" => line.Facet == StoryFacet.Admin,
        _ => true,
    };
}
