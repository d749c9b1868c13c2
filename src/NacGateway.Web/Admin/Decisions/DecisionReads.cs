using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>Shows decisions.</summary>
internal sealed class DecisionReads(DecisionSearch search, DecisionStories stories, DeskViews views, DeskRefusals refusals)
{
    public async Task ListAsync(HttpContext context)
    {
        var link = PageLink.Of(context.Request);
        var query = DecisionQueryReader.Read(link.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
        await views.WriteAsync(context, new DeskView
        {
            Title = "Decisions",
            Keeps = "/decisions",
            Page = typeof(DecisionList),
            Model = new DecisionsModel { Query = query, Found = await search.FindAsync(query, context.RequestAborted, counts: true), Link = link, Servers = stories.Servers },
            Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["decisions"] = typeof(DecisionRows) },
            Live = $"/live/{DecisionsTopic.Path}",
        });
    }

    public async Task ShowAsync(HttpContext context, long id)
    {
        if (await stories.FindAsync(id, context.RequestAborted) is not { } told)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = $"Decision about {ForeignText.Visible(told.File.Decision.UserName, 64)}",
            Page = typeof(DecisionDetail),
            Model = new DecisionModel { File = told.File, Story = told.Story, SimulatorHref = SimulatorLink.Of(told.File.Decision, told.Story.Exchange) },
        });
    }
}
