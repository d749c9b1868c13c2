using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Api.Decisions;

/// <summary>What a sign-in would come to.</summary>
internal static class SimulationsApi
{
    /// <summary>A document of a million characters, as JSON writes them.</summary>
    private const long LongestBody = 8 * 1024 * 1024;

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/simulations", RunAsync).RequireRight(DeskRight.Read).TakesBody(LongestBody)
            .Describe("simulateSignIn", "Decisions", "What a sign-in would come to, by the code that signs in. Nothing is sent, opened or recorded.");

    private static async Task<Results<Ok<SimulationResult>, ApiProblem>> RunAsync(HttpContext context, SimulationRequest asked, SimulationDesk desk)
    {
        if (asked.Attributes.Any(line => line.Contains('\n', StringComparison.Ordinal)))
        {
            return ApiProblem.Invalid("attributes", "An attribute is one line.");
        }

        var report = await desk.RunAsync(
            new SimulationForm
            {
                User = asked.User,
                Address = asked.Address,
                Mac = asked.Mac ?? "",
                Called = asked.CalledStationId ?? "",
                At = asked.At is { } at ? UtcText.Of(at) : "",
                Answer = DecisionKinds.NameOf(asked.Answer),
                Server = asked.Server ?? "",
                Attributes = string.Join('\n', asked.Attributes),
                Version = asked.Version?.ToString(CultureInfo.InvariantCulture) ?? "",
                Document = asked.Document,
            },
            context.RequestAborted);
        return report.Outcome is not null
            ? TypedResults.Ok(SimulationResult.Of(report))
            : ApiProblem.Invalid(report.Errors.GroupBy(error => Member(error.Field), StringComparer.Ordinal).ToDictionary(same => same.Key, same => (IReadOnlyList<string>)[.. same.Select(error => error.Text)], StringComparer.Ordinal));
    }

    private static string Member(string field) => field switch { "ip" => "address", "attr" => "attributes", "called" => "calledStationId", _ => field };
}
