using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>Shows the simulator. All that it is asked stands in the URL, but for rules that are not in force: those are too long for one.</summary>
internal sealed class SimulatorPages(SimulationDesk desk, DeskViews views)
{
    public Task ShowAsync(HttpContext context) =>
        WriteAsync(context, SimulationForm.Read(key => context.Request.Query[key]), context.Request.Query["cut"] == "1" ? "The answer of that record is too long for an address of a page, so its attributes are not here." : null);

    /// <summary>With rules that are not in force. Changes nothing.</summary>
    public async Task TryAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await WriteAsync(context, SimulationForm.Read(key => form[key]) with { Version = "", Document = form["document"].ToString().ReplaceLineEndings("\n").TrimStart('\n') }, notice: null);
    }

    private async Task WriteAsync(HttpContext context, SimulationForm form, string? notice)
    {
        var report = form.IsAsked ? await desk.RunAsync(form, context.RequestAborted) : new SimulationReport { Form = form };
        await views.WriteAsync(context, new DeskView
        {
            Title = report.Errors.Count > 0 ? "Error: Simulator" : "Simulator",
            Page = typeof(Simulator),
            Model = new SimulatorModel { Report = report, Servers = desk.Servers, Notice = notice },
            Status = report.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        });
    }
}
