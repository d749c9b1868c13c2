using System.Globalization;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Rules;

/// <summary>Previews and saves rules. What a form brings is kept through every step: nobody types it twice.</summary>
internal sealed class PolicyActs(PolicyStore store, RulesDesk desk, DryRunDesk dryRun, DeskViews views, DeskRefusals refusals)
{
    /// <summary>Shows what a document would change; or the editor again, where it is wrong.</summary>
    public async Task PreviewAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var current = await store.CurrentAsync(context.RequestAborted);
        var (document, @base) = (Document(form), Number(form, "version") ?? 0);
        if (Number(form, "restore") is { } earlier)
        {
            if (await store.FindAsync(earlier, context.RequestAborted) is not { } text)
            {
                await refusals.NotFoundAsync(context);
                return;
            }

            (document, @base) = (text.Document, current?.Version ?? 0);
        }

        if (@base != (current?.Version ?? 0))
        {
            await EditAgainAsync(context, PolicyDraft.Read(document, @base + 1), current, StatusCodes.Status409Conflict, @base);
            return;
        }

        await PreviewAsync(context, document, current, isNumberMissing: false);
    }

    /// <summary>Back from the preview to the editor, with the text.</summary>
    public async Task EditAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await WriteEditorAsync(context, new PolicyEditModel { Draft = new PolicyDraft { Document = Document(form) }, Base = Number(form, "version") ?? 0 }, StatusCodes.Status200OK);
    }

    public async Task SaveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (document, @base, changesLive) = (Document(form), Number(form, "version") ?? 0, form["live"] == "yes");
        if (changesLive && Number(form, "concerned") is > PolicyPreviewModel.TypeAbove and var concerned && Number(form, "typed") != concerned)
        {
            await PreviewAsync(context, document, await store.CurrentAsync(context.RequestAborted), isNumberMissing: true);
            return;
        }

        var saved = await desk.SaveAsync(context.DeskUser(), document, @base, changesLive, context.RequestAborted);
        if (saved.Applied.Errors.Count > 0 || saved.Applied.IsOvertaken)
        {
            var status = saved.Applied.IsOvertaken ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
            await EditAgainAsync(context, PolicyDraft.Read(document, @base + 1), await store.CurrentAsync(context.RequestAborted), status, @base);
            return;
        }

        DeskFlash.Redirect(context, "/policies", saved.Words);
    }

    private async Task PreviewAsync(HttpContext context, string document, PolicyText? current, bool isNumberMissing)
    {
        var draft = PolicyDraft.Read(document, (current?.Version ?? 0) + 1);
        if (draft.Policy is not { } policy)
        {
            await EditAgainAsync(context, draft, current, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = "Preview of the policies",
            Page = typeof(PolicyPreviewPage),
            Model = new PolicyPreviewModel
            {
                Draft = draft,
                Base = current?.Version ?? 0,
                Forecast = await dryRun.SummariseAsync(policy, context.RequestAborted),
                Changes = LineDifference.Excerpt(current?.Document ?? "", document),
                IsNumberMissing = isNumberMissing,
            },
            Status = isNumberMissing ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        });
    }

    /// <summary>The editor with the text as it was sent; where somebody else was quicker, with what they changed since.</summary>
    private async Task EditAgainAsync(HttpContext context, PolicyDraft draft, PolicyText? current, int status, int @base = 0)
    {
        var overtaken = status == StatusCodes.Status409Conflict ? current : null;
        var before = overtaken is null ? null : await store.FindAsync(@base, context.RequestAborted);
        await WriteEditorAsync(
            context,
            new PolicyEditModel
            {
                Draft = draft,
                Base = current?.Version ?? 0,
                Overtaken = overtaken,
                Theirs = overtaken is null ? [] : LineDifference.Excerpt(before?.Document ?? "", overtaken.Document),
            },
            status);
    }

    private Task WriteEditorAsync(HttpContext context, PolicyEditModel model, int status) =>
        views.WriteAsync(context, new DeskView { Title = status == StatusCodes.Status200OK ? "Edit policies" : "Error: Edit policies", Page = typeof(PolicyEditPage), Model = model, Status = status });

    /// <summary>A browser sends line ends as CR and LF, whatever they were.</summary>
    private static string Document(IFormCollection form) => form["document"].ToString().ReplaceLineEndings("\n");

    private static int? Number(IFormCollection form, string name) =>
        int.TryParse(form[name].ToString().Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
