using System.Globalization;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Rules;

/// <summary>Shows the rules and their versions.</summary>
internal sealed class PolicyReads(PolicyStore store, PolicyBook book, DeskViews views, DeskRefusals refusals)
{
    private const int PageSize = 50;

    public async Task ShowAsync(HttpContext context)
    {
        var text = await store.CurrentAsync(context.RequestAborted);
        await views.WriteAsync(context, new DeskView
        {
            Title = "Policies",
            Page = typeof(PoliciesPage),
            Model = new PoliciesModel { Text = text, Reading = Read(text), InForce = book.Current.Version },
        });
    }

    public async Task EditAsync(HttpContext context)
    {
        var current = await store.CurrentAsync(context.RequestAborted);
        var (draft, loaded) = (current?.Document ?? Empty, (int?)null);
        if (int.TryParse(context.Request.Query["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != current?.Version)
        {
            if (await store.FindAsync(number, context.RequestAborted) is not { } earlier)
            {
                await refusals.NotFoundAsync(context);
                return;
            }

            (draft, loaded) = (earlier.Document, number);
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = "Edit policies",
            Page = typeof(PolicyEditPage),
            Model = new PolicyEditModel { Draft = new PolicyDraft { Document = draft }, Base = current?.Version ?? 0, Loaded = loaded },
        });
    }

    public async Task ListAsync(HttpContext context)
    {
        var before = int.TryParse(context.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        var versions = await store.ListAsync(before, PageSize + 1, context.RequestAborted);
        var page = versions.Take(PageSize).ToList();
        var newest = await store.NewestAsync(context.RequestAborted);

        // Versions are numbered without a gap, so that the page before begins so many numbers later.
        var previous = before > newest ? null : before + PageSize > newest ? "/policies/history" : string.Create(CultureInfo.InvariantCulture, $"/policies/history?before={before + PageSize}");
        await views.WriteAsync(context, new DeskView
        {
            Title = "History of the policies",
            Page = typeof(PolicyHistoryPage),
            Model = new PolicyHistoryModel(page, newest, versions.Count > PageSize ? page[^1].Version : null, previous),
        });
    }

    public async Task ShowVersionAsync(HttpContext context, int version)
    {
        if (await store.FindAsync(version, context.RequestAborted) is not { } text)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        var before = await store.FindAsync(version - 1, context.RequestAborted);
        await views.WriteAsync(context, new DeskView
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Version {version} of the policies"),
            Page = typeof(PolicyVersionPage),
            Model = new PolicyVersionModel
            {
                Text = text,
                Reading = Read(text),
                InForce = await store.NewestAsync(context.RequestAborted),
                Changes = LineDifference.Excerpt(before?.Document ?? "", text.Document),
            },
        });
    }

    private const string Empty = "{\n  \"roles\": [\n    { \"name\": \"staff\" }\n  ],\n  \"rules\": [\n    { \"name\": \"everybody\", \"role\": \"staff\" }\n  ]\n}\n";

    private static PolicyReading? Read(PolicyText? text) =>
        text is not null && PolicyDocument.TryParse(text.Document, text.Version, out var policy, out _) ? PolicyReading.Of(policy) : null;
}
