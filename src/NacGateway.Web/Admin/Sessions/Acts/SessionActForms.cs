using NacGateway.Core.Insight.Acts;
using NacGateway.Core.Policy;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Acts;

namespace NacGateway.Web.Admin.Sessions.Acts;

/// <summary>Acts that pages send: asks first, then has them done, and says what came of it.</summary>
internal sealed class SessionActForms(SessionDesk desk, PolicyBook policies, DeskViews views, DeskRefusals refusals)
{
    public async Task ActAsync(HttpContext context, string verb)
    {
        ActForm form;
        try
        {
            form = await ActForm.ReadAsync(context);
        }
        catch (InvalidDataException)
        {
            await refusals.DeclineAsync(context, StatusCodes.Status413PayloadTooLarge, "Too many sessions were chosen", "Choose fewer, or all that match the filter. Nothing was done.");
            return;
        }

        var chosen = form.IsAll ? await desk.SelectAsync(form.Filter, context.RequestAborted) : new ActSelection(form.Ids, Filter: null);
        if (chosen.Ids.Count == 0)
        {
            await SayAsync(context, form, form.IsAll ? "No open session matches the filter any more. Nothing was done." : "Choose sessions first. Nothing was done.", StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var act = form.Read(verb, out var problem);
        if (!form.IsConfirmed && !(act is SessionAct.Extend && chosen.Ids.Count == 1 && !form.IsAll))
        {
            await AskAsync(context, verb, form, chosen, problem: null);
        }
        else if (act is null)
        {
            await (DeskRefusals.IsProgram(context) ? ApiProblem.Invalid(problem.Field, problem.Error).ExecuteAsync(context) : AskAsync(context, verb, form, chosen, problem.Error));
        }
        else if (!chosen.Fits(form.Typed))
        {
            await AskAsync(context, verb, form, chosen, $"There are {chosen.Ids.Count:N0} sessions now. Type that number to go on.");
        }
        else
        {
            await DoAsync(context, form, act, chosen);
        }
    }

    private async Task DoAsync(HttpContext context, ActForm form, SessionAct act, ActSelection chosen)
    {
        if (chosen is { Ids: [var id], Filter: null })
        {
            var result = await desk.ActAsync(context.DeskUser(), act, id);
            var outcome = new BulkOutcome { Act = act, Done = result.Fate == ActFate.Done ? 1 : 0, Skipped = result.Fate == ActFate.Skipped ? 1 : 0, Failures = result.Fate == ActFate.Failed ? [result] : [] };
            await SayAsync(context, form, result.Words, StatusCodes.Status200OK, outcome);
            return;
        }

        var several = await desk.ActAsync(context.DeskUser(), act, chosen);
        await SayAsync(context, form, several.Words, StatusCodes.Status200OK, several);
    }

    private async Task SayAsync(HttpContext context, ActForm form, string words, int status, BulkOutcome? outcome = null)
    {
        if (!DeskRefusals.IsProgram(context))
        {
            DeskFlash.Redirect(context, form.Back, words);
            return;
        }

        if (outcome is null)
        {
            await refusals.DeclineAsync(context, status, "Nothing was done", words);
            return;
        }

        var failed = outcome.Failures.Select(one => new { id = one.AcctSessionId, reason = one.Words });
        await context.Response.WriteAsJsonAsync(new { ok = outcome.Done, skipped = outcome.Skipped, failed, message = words }, ApiJson.Options, CancellationToken.None);
    }

    /// <summary>The question as a page; to a script, which asks by itself, what is missing.</summary>
    private async Task AskAsync(HttpContext context, string verb, ActForm form, ActSelection chosen, string? problem)
    {
        if (DeskRefusals.IsProgram(context))
        {
            await refusals.DeclineAsync(context, StatusCodes.Status409Conflict, "Nothing was done", problem ?? "This must be confirmed: send confirm=yes.");
            return;
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = ActWords.Title(verb, chosen.Ids.Count),
            Page = typeof(ActConfirmPage),
            Status = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            Model = new ActConfirmModel
            {
                Verb = verb,
                Count = chosen.Ids.Count,
                Fields = form.Fields,
                Back = form.Back,
                NeedsNumber = chosen.NeedsNumber,
                Problem = problem,
                Roles = [.. policies.Current.RoleNames],
                Minutes = form.Minutes,
                Role = form.Role,
                Text = form.Text,
            },
        });
    }
}
