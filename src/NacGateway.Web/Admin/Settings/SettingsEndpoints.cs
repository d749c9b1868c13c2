using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Rules;
using NacGateway.Web.Gate;

namespace NacGateway.Web.Admin.Settings;

/// <summary>The walled garden, and settings that may be changed while the gateway runs.</summary>
internal sealed class SettingsEndpoints(RuntimeSettings settings, SettingsDesk desk, SettingOrigins origins, GardenBook garden, DeskViews views, DeskRefusals refusals)
{
    private const int PageSize = 50;
    private const int LongestHost = 260;

    /// <summary>The longest value in any encoding of a form.</summary>
    private const long LongestForm = 12 * RuntimeSetting.Longest;

    public static void AddServices(IServiceCollection services) => services.AddSingleton<SettingsEndpoints>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var size = new RequestSizeLimitAttribute(LongestForm);
        routes.MapGet("/garden", (HttpContext context, SettingsEndpoints pages) => pages.GardenAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        routes.MapGet("/settings", (HttpContext context, SettingsEndpoints pages) => pages.ListAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        routes.MapGet("/settings/value", (HttpContext context, SettingsEndpoints pages) => pages.ShowAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        routes.MapPost("/settings/preview", (HttpContext context, SettingsEndpoints pages) => pages.PreviewAsync(context)).RequireRight(DeskRight.ManageRules).WithMetadata(size).ExcludeFromDescription();
        routes.MapPost("/settings/save", (HttpContext context, SettingsEndpoints pages) => pages.SaveAsync(context)).RequireRight(DeskRight.ManageRules).WithMetadata(size).ExcludeFromDescription();
    }

    private Task GardenAsync(HttpContext context)
    {
        var host = context.Request.Query["host"].ToString().Trim();
        host = host.Length <= LongestHost ? host : host[..LongestHost];
        return views.WriteAsync(context, new DeskView
        {
            Title = "Walled garden",
            Page = typeof(GardenPage),
            Model = new GardenModel { State = settings.Find(GardenSetting.Name)!, Origin = origins.Of(GardenSetting.Name), Host = host, IsInside = garden.Current.Contains(host) },
        });
    }

    private Task ListAsync(HttpContext context) => views.WriteAsync(context, new DeskView
    {
        Title = "Settings",
        Page = typeof(SettingsPage),
        Model = new SettingsModel(
            [.. settings.All.Select(state => (state, origins.Of(state.Setting.Name)))],
            [.. origins.Set().Where(value => !settings.All.Any(state => value.Key.StartsWith(state.Setting.Name, StringComparison.OrdinalIgnoreCase)))]),
    });

    private Task ShowAsync(HttpContext context) => settings.Find(context.Request.Query["name"].ToString()) is { } state
        ? WriteAsync(context, state, trial: null, isOvertaken: false, StatusCodes.Status200OK)
        : refusals.NotFoundAsync(context);

    private async Task PreviewAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (settings.Find(form["name"].ToString()) is not { } state)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        var value = form["configured"] == "yes" ? null : form["value"].ToString();
        if (form["restore"].ToString() is { Length: > 0 } restore)
        {
            if (await desk.FindAsync(state, Number(restore), context.RequestAborted) is not { } version)
            {
                await refusals.NotFoundAsync(context);
                return;
            }

            value = version.Value;
        }

        var trial = desk.Try(state, value);
        var isOvertaken = Number(form["version"]) != state.Version;
        await WriteAsync(context, state, trial, isOvertaken, trial.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : isOvertaken ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    private async Task SaveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (settings.Find(form["name"].ToString()) is not { } state)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        var value = form["configured"] == "yes" ? null : form["value"].ToString();
        var saved = await desk.SaveAsync(context.DeskUser(), state, value, Number(form["version"]));
        if (saved.Errors.Count > 0 || saved.IsOvertaken)
        {
            var now = settings.Find(state.Setting.Name)!;
            await WriteAsync(context, now, desk.Try(now, value), saved.IsOvertaken, saved.IsOvertaken ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
            return;
        }

        DeskFlash.Redirect(context, state.Setting.Name == GardenSetting.Name ? "/garden" : SettingLinks.Of(state.Setting.Name), saved.IsNew ? $"{state.Setting.Title}: saved, and in force." : "Nothing was changed: that value is in force.");
    }

    private async Task WriteAsync(HttpContext context, SettingState state, SettingTrial? trial, bool isOvertaken, int status)
    {
        var before = context.Request.Query["before"].ToString() is { Length: > 0 } text && Number(text) is > 0 and var id ? id : long.MaxValue;
        var versions = await desk.ListAsync(state, before, PageSize + 1, context.RequestAborted);
        var page = versions.Take(PageSize).ToList();
        await views.WriteAsync(context, new DeskView
        {
            Title = status == StatusCodes.Status200OK ? state.Setting.Title : $"Error: {state.Setting.Title}",
            Page = typeof(SettingPage),
            Model = new SettingModel
            {
                State = state,
                Origin = origins.Of(state.Setting.Name),
                Versions = page,
                Before = versions.Count > PageSize ? page[^1].Id : null,
                Trial = trial,
                Changes = trial is null ? [] : LineDifference.Excerpt(state.Value, trial.Value ?? state.Setting.Configured()),
                IsOvertaken = isOvertaken,
            },
            Status = status,
        });
    }

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue ? number : 0;
}
