using NacGateway.Web.Admin.Frame;

namespace NacGateway.Web.Admin.Access;

/// <summary>Asks before an act that cannot be taken back: a dialog of the page sends <c>confirm=yes</c> at once, and who has no script gets the question as a page.</summary>
internal sealed class AccessQuestions(DeskViews views, DeskRefusals refusals)
{
    /// <summary>Whether it is confirmed; where it is not, the question is the answer to the request.</summary>
    public async Task<bool> IsConfirmedAsync(HttpContext context, AskModel question)
    {
        if ((await context.Request.ReadFormAsync(context.RequestAborted))["confirm"] == "yes")
        {
            return true;
        }

        await (DeskRefusals.IsProgram(context)
            ? refusals.DeclineAsync(context, StatusCodes.Status409Conflict, "Nothing was done", "This must be confirmed: send confirm=yes.")
            : views.WriteAsync(context, new DeskView { Title = question.Title, Page = typeof(AskPage), Model = question }));
        return false;
    }
}
