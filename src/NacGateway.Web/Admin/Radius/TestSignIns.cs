using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>The form by which an administrator tries a server, and its answer. The answer is a page and no redirect: what was said is kept nowhere.</summary>
internal sealed class TestSignIns(RadiusServerList servers, RadiusTestDesk desk, DeskViews views)
{
    public Task AskAsync(HttpContext context)
    {
        var names = Names();
        var wanted = context.Request.Query["server"].ToString();
        return WriteAsync(context, new TestModel { Servers = names, Server = names.FirstOrDefault(name => name == wanted), Problem = wanted.Length == 0 || names.Contains(wanted, StringComparer.Ordinal) ? null : "There is no server of this name; all are asked." });
    }

    public async Task SendAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (user, password, server) = (form["user"].ToString(), form["password"].ToString(), form["server"].ToString());
        var model = new TestModel { Servers = Names(), Server = server.Length == 0 ? null : server, User = user };
        if (user.Length == 0 || password.Length == 0)
        {
            await WriteAsync(context, model with { Problem = "Type a user name and a password." }, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var result = await desk.RunAsync(context.DeskUser(), user, password, model.Server, context.RequestAborted);
        await WriteAsync(
            context,
            result is null ? model with { Problem = $"More than {RadiusTestDesk.MostPerMinute} tests in a minute: this one was not sent. Wait a moment." } : model with { Result = result },
            result is null ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK);
    }

    private List<string> Names() => [.. servers.Read().Where(server => server.Role == ServerRole.Authentication).Select(server => server.Name)];

    private Task WriteAsync(HttpContext context, TestModel model, int status = StatusCodes.Status200OK) =>
        views.WriteAsync(context, new DeskView { Title = "Test sign-in", Page = typeof(TestPage), Model = model, Status = status });
}
