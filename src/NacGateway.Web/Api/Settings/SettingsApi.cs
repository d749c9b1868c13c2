using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Rules;
using NacGateway.Web.Gate;

namespace NacGateway.Web.Api.Settings;

/// <summary>The walled garden, and settings that may be changed while the gateway runs.</summary>
internal static class SettingsApi
{
    private const string Tag = "Settings";
    private const string NoSuchSetting = "There is no such setting that could be changed at run time; /api/v1/settings lists them.";

    /// <summary>The longest value in any encoding of JSON.</summary>
    private const long LongestBody = 8 * RuntimeSetting.Longest;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/garden", GetGarden).RequireRight(DeskRight.Read).HasVersion().Describe("getGarden", Tag, "What clients may reach before they sign in.");
        api.MapPut("/garden", PutGardenAsync).RequireRight(DeskRight.ManageRules).NeedsVersion().HasVersion().TakesBody(LongestBody).Describe("putGarden", Tag, "Replaces the walled garden; earlier versions are kept.");
        api.MapGet("/settings", List).RequireRight(DeskRight.Read).Describe("listSettings", Tag, "The settings that may be changed while the gateway runs.");
        api.MapGet("/settings/{name}", Get).RequireRight(DeskRight.Read).HasVersion().Describe("getSetting", Tag, "One setting.");
        api.MapPut("/settings/{name}", PutAsync).RequireRight(DeskRight.ManageRules).NeedsVersion().HasVersion().TakesBody(LongestBody).Describe("putSetting", Tag, "Changes a setting; earlier versions are kept.");
        api.MapPost("/settings/{name}/trial", Try).RequireRight(DeskRight.ManageRules).TakesBody(LongestBody).Describe("trySetting", Tag, "Says whom a value would concern, and how. Changes nothing.");
        api.MapGet("/settings/{name}/versions", VersionsAsync).RequireRight(DeskRight.Read).Describe("listSettingVersions", Tag, "The versions of a setting, the newest first.");
        api.MapPost("/settings/{name}/versions/{id:long:min(1)}/restore", RestoreAsync).RequireRight(DeskRight.ManageRules).NeedsVersion().HasVersion().Describe("restoreSettingVersion", Tag, "Puts an earlier version in force again, as a new version.");
    }

    private static Ok<GardenResource> GetGarden(HttpContext context, RuntimeSettings settings)
    {
        var state = settings.Find(GardenSetting.Name)!;
        EntityTags.Set(context, TagOf(state));
        return TypedResults.Ok(new GardenResource(GardenSetting.Entries(state.Value)));
    }

    private static async Task<Results<Ok<GardenResource>, ApiProblem>> PutGardenAsync(HttpContext context, GardenResource body, RuntimeSettings settings, SettingsDesk desk) =>
        await SaveAsync(context, settings, desk, settings.Find(GardenSetting.Name)!, string.Join('\n', body.Entries)) is { } refused
            ? refused
            : GetGarden(context, settings);

    private static Ok<IReadOnlyList<SettingResource>> List(RuntimeSettings settings, SettingOrigins origins) =>
        TypedResults.Ok<IReadOnlyList<SettingResource>>([.. settings.All.Select(state => SettingResource.Of(state, origins.Of(state.Setting.Name)))]);

    private static Results<Ok<SettingResource>, ApiProblem> Get(HttpContext context, string name, RuntimeSettings settings, SettingOrigins origins)
    {
        if (settings.Find(name) is not { } state)
        {
            return ApiProblem.NotFound(NoSuchSetting);
        }

        EntityTags.Set(context, TagOf(state));
        return TypedResults.Ok(SettingResource.Of(state, origins.Of(state.Setting.Name)));
    }

    private static async Task<Results<Ok<SettingResource>, ApiProblem>> PutAsync(HttpContext context, string name, SettingWrite body, RuntimeSettings settings, SettingsDesk desk, SettingOrigins origins) =>
        settings.Find(name) is not { } state ? ApiProblem.NotFound(NoSuchSetting)
        : await SaveAsync(context, settings, desk, state, body.Value) is { } refused ? refused
        : Get(context, name, settings, origins);

    private static Results<Ok<SettingTrialResource>, ApiProblem> Try(string name, SettingWrite body, RuntimeSettings settings, SettingsDesk desk)
    {
        if (settings.Find(name) is not { } state)
        {
            return ApiProblem.NotFound(NoSuchSetting);
        }

        var trial = desk.Try(state, body.Value);
        return trial.Errors.Count > 0 ? Errors(trial.Errors) : TypedResults.Ok(new SettingTrialResource(trial.Value, trial.Consequences));
    }

    private static async Task<Results<Ok<Page<SettingVersionItem>>, ApiProblem>> VersionsAsync(HttpContext context, string name, [AsParameters] PageQuery page, RuntimeSettings settings, SettingsDesk desk, Cursors cursors)
    {
        if (settings.Find(name) is not { } state)
        {
            return ApiProblem.NotFound(NoSuchSetting);
        }

        if (!cursors.TryRead(context, page, out var position, out var refused))
        {
            return refused;
        }

        var before = position is [var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        var versions = await desk.ListAsync(state, before, page.Take + 1, context.RequestAborted);
        var items = versions.Take(page.Take).Select(version => new SettingVersionItem(version.Id, version.CreatedAt, version.CreatedBy, version.Value)).ToList();
        var next = versions.Count > page.Take ? cursors.Write(context, items[^1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new Page<SettingVersionItem>(items, next, null));
    }

    private static async Task<Results<Ok<SettingResource>, ApiProblem>> RestoreAsync(HttpContext context, string name, long id, RuntimeSettings settings, SettingsDesk desk, SettingOrigins origins) =>
        settings.Find(name) is not { } state ? ApiProblem.NotFound(NoSuchSetting)
        : await desk.FindAsync(state, id, context.RequestAborted) is not { } version ? ApiProblem.NotFound("The setting has no such version; its list of versions says which there are.")
        : await SaveAsync(context, settings, desk, state, version.Value) is { } refused ? refused
        : Get(context, name, settings, origins);

    /// <summary>Saves; null when it is done.</summary>
    private static async Task<ApiProblem?> SaveAsync(HttpContext context, RuntimeSettings settings, SettingsDesk desk, SettingState state, string? value)
    {
        if (!EntityTags.Allow(context, TagOf(state), out var refused))
        {
            return refused;
        }

        var saved = await desk.SaveAsync(context.DeskUser(), state, value, state.Version);
        if (saved.Errors.Count > 0)
        {
            return Errors(saved.Errors);
        }

        if (saved.IsOvertaken)
        {
            EntityTags.Set(context, TagOf(settings.Find(state.Setting.Name)!));
            return new ApiProblem(ProblemKind.Stale, "Somebody else changed it at the same time. Nothing was changed by this request.");
        }

        return null;
    }

    private static string TagOf(SettingState state) => EntityTags.Of(state.Setting.Name, state.Version.ToString(CultureInfo.InvariantCulture), state.Value);

    private static ApiProblem Errors(IReadOnlyList<string> errors) =>
        ApiProblem.Invalid(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["value"] = [.. errors.Take(100)] });
}
