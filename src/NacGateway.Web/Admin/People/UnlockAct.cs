using NacGateway.Core.Authentication;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.People;

namespace NacGateway.Web.Admin.People;

/// <summary>Unlocks the sign-in of an account or from an address, from a form.</summary>
internal sealed class UnlockAct(PersonUnlock unlock, DeskRefusals refusals)
{
    public async Task RunAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string name = form["user"].ToString(), address = form["ip"].ToString();
        if (name.Trim().Length is > 0 and <= PeopleReads.LongestName)
        {
            var before = await unlock.UserAsync(context.DeskUser(), name);
            await AnswerAsync(context, PeopleLinks.Person(name), Words(ForeignText.Visible(name, 64), before));
        }
        else if (AddressQuestion.TryAddress(address, out var client))
        {
            var before = await unlock.ClientAsync(context.DeskUser(), client);
            await AnswerAsync(context, PeopleLinks.Address(client.ToString()), Words(client.ToString(), before));
        }
        else
        {
            await refusals.DeclineAsync(context, StatusCodes.Status400BadRequest, "Nothing was unlocked", "The form names neither an account by 'user' nor an address by 'ip'.");
        }
    }

    private static string Words(string who, LoginLock before) => before.IsLocked ? $"{who} can sign in again." : $"{who} was not locked; failed tries are forgotten.";

    private static Task AnswerAsync(HttpContext context, string path, string message)
    {
        if (DeskRefusals.IsProgram(context))
        {
            return context.Response.WriteAsJsonAsync(new { ok = 1, failed = Array.Empty<object>(), message, next = path }, context.RequestAborted);
        }

        DeskFlash.Redirect(context, path, message);
        return Task.CompletedTask;
    }
}
