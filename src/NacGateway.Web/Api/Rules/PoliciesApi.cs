using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Api.Rules;

/// <summary>Rules and their versions.</summary>
internal static class PoliciesApi
{
    private const string Tag = "Policies";
    private const string NoSuchVersion = "There is no such version; /api/v1/policies/versions lists them.";

    /// <summary>A document of a million characters in any encoding of JSON.</summary>
    private const long LongestBody = 8 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/policies", GetAsync).RequireRight(DeskRight.Read).HasVersion().Describe("getPolicy", Tag, "The rules in force, as JSON and in words.");
        api.MapPut("/policies", PutAsync).RequireRight(DeskRight.ManageRules).NeedsVersion().HasVersion().TakesBody(LongestBody).Describe("putPolicy", Tag, "Puts rules in force as a new version; earlier ones are kept.");
        api.MapGet("/policies/versions", ListAsync).RequireRight(DeskRight.Read).Describe("listPolicyVersions", Tag, "The versions of the rules, the newest first.");
        api.MapGet("/policies/versions/{version:int:min(1)}", GetVersionAsync).RequireRight(DeskRight.Read).Describe("getPolicyVersion", Tag, "One version of the rules.");
        api.MapPost("/policies/versions/{version:int:min(1)}/restore", RestoreAsync).RequireRight(DeskRight.ManageRules).NeedsVersion().HasVersion().Describe("restorePolicyVersion", Tag, "Puts an earlier version in force again, as a new version; open sessions keep what they have.");
        api.MapPost("/policies/preview", PreviewAsync).RequireRight(DeskRight.ManageRules).TakesBody(LongestBody).Describe("previewPolicy", Tag, "Says what rules would mean for open sessions, counted by kind with examples. Changes nothing.");
        api.MapPost("/policies/apply", ApplyAsync).RequireRight(DeskRight.ManageRules).Describe("applyPolicyToOpenSessions", Tag, "Puts open sessions under the rules in force, as the preview says.");
    }

    private static async Task<Ok<PolicyResource>> GetAsync(HttpContext context, PolicyStore store, CancellationToken cancellationToken)
    {
        var text = await store.CurrentAsync(cancellationToken);
        EntityTags.Set(context, TagOf(text?.Version ?? 0));
        return TypedResults.Ok(Resource(text, text?.Version ?? 0));
    }

    private static async Task<Results<Ok<PolicySavedResource>, ApiProblem>> PutAsync(HttpContext context, PolicyWrite body, RulesDesk desk, CancellationToken cancellationToken)
    {
        var version = (await desk.CurrentAsync(cancellationToken))?.Version ?? 0;
        if (!EntityTags.Allow(context, TagOf(version), out var refused))
        {
            return refused;
        }

        return Answer(context, await desk.SaveAsync(context.DeskUser(), body.Document, version, body.ChangeOpenSessions, cancellationToken));
    }

    private static async Task<Results<Ok<PolicySavedResource>, ApiProblem>> RestoreAsync(HttpContext context, int version, RulesDesk desk, PolicyStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(version, cancellationToken) is not { } earlier)
        {
            return ApiProblem.NotFound(NoSuchVersion);
        }

        var current = (await desk.CurrentAsync(cancellationToken))?.Version ?? 0;
        return EntityTags.Allow(context, TagOf(current), out var refused)
            ? Answer(context, await desk.SaveAsync(context.DeskUser(), earlier.Document, current, changesLive: false, cancellationToken))
            : refused;
    }

    private static Results<Ok<PolicySavedResource>, ApiProblem> Answer(HttpContext context, PolicySaved saved)
    {
        EntityTags.Set(context, TagOf(saved.Applied.Version));
        return saved.Applied switch
        {
            { Errors: { Count: > 0 } errors } => Errors(errors),
            { IsOvertaken: true } => new ApiProblem(ProblemKind.Stale, saved.Words),
            _ => TypedResults.Ok(new PolicySavedResource(saved.Applied.Version, saved.Applied.IsNew, saved.Live)),
        };
    }

    private static async Task<Results<Ok<Page<PolicyVersionItem>>, ApiProblem>> ListAsync(HttpContext context, [AsParameters] PageQuery page, PolicyStore store, Cursors cursors, CancellationToken cancellationToken)
    {
        if (!cursors.TryRead(context, page, out var position, out var refused))
        {
            return refused;
        }

        var before = position is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        var versions = await store.ListAsync(before, page.Take + 1, cancellationToken);
        var items = versions.Take(page.Take).Select(entry => new PolicyVersionItem(entry.Version, entry.CreatedAt, entry.CreatedBy)).ToList();
        var next = versions.Count > page.Take ? cursors.Write(context, items[^1].Version.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new Page<PolicyVersionItem>(items, next, page.Total == true ? new PageTotal(await store.NewestAsync(cancellationToken), IsExact: true) : null));
    }

    private static async Task<Results<Ok<PolicyResource>, ApiProblem>> GetVersionAsync(int version, PolicyStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(version, cancellationToken) is { } text
            ? TypedResults.Ok(Resource(text, await store.NewestAsync(cancellationToken)))
            : ApiProblem.NotFound(NoSuchVersion);

    private static async Task<Results<Ok<ForecastResource>, ApiProblem>> PreviewAsync(PolicyTrial body, RulesDesk desk, DryRunDesk dryRun, PolicyBook book, CancellationToken cancellationToken)
    {
        var policy = book.Current;
        if (body.Document is { } document)
        {
            var draft = PolicyDraft.Read(document, ((await desk.CurrentAsync(cancellationToken))?.Version ?? 0) + 1);
            if (draft.Policy is null)
            {
                return Errors([.. draft.Errors.Select(error => error.Text)]);
            }

            policy = draft.Policy;
        }

        return TypedResults.Ok(ForecastResource.Of(policy.Version, await dryRun.SummariseAsync(policy, cancellationToken)));
    }

    private static async Task<Ok<LiveOutcome>> ApplyAsync(HttpContext context, RulesDesk desk) => TypedResults.Ok(await desk.ApplyLiveAsync(context.DeskUser()));

    private static string TagOf(int version) => EntityTags.Of("policy", version.ToString(CultureInfo.InvariantCulture));

    private static ApiProblem Errors(IReadOnlyList<string> errors) =>
        ApiProblem.Invalid(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["document"] = [.. errors.Take(100)] });

    private static PolicyResource Resource(PolicyText? text, int newest) => new()
    {
        Version = text?.Version ?? 0,
        CreatedAt = text?.CreatedAt,
        CreatedBy = text?.CreatedBy,
        IsInForce = text?.Version == newest || text is null,
        Document = text?.Document ?? "",
        Reading = text is not null && PolicyDocument.TryParse(text.Document, text.Version, out var policy, out _) ? PolicyReading.Of(policy) : null,
    };
}
