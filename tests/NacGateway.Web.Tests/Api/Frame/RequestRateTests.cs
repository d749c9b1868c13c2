using System.Net;
using System.Text.Json.Nodes;
using NacGateway.Core.Administration;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api.Frame;

/// <summary>One who asks too much is told when to go on, and nobody else notices.</summary>
public sealed class RequestRateTests
{
    [Fact]
    public async Task Past_the_burst_the_answer_is_429_for_this_one_alone()
    {
        await using var site = new DeskSite { More = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Api:Burst"] = "3", ["Api:RequestsPerMinute"] = "1" } };
        await site.InitializeAsync();
        using var greedy = site.Client(DeskRole.Viewer, "greedy");
        using var other = site.Client(DeskRole.Viewer, "other");

        List<HttpStatusCode> answers = [];
        for (var number = 0; number < 4; number++)
        {
            using var answer = await greedy.GetAsync("/api/v1", TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        using var refused = await greedy.GetAsync("/api/v1", TestContext.Current.CancellationToken);
        using var fine = await other.GetAsync("/api/v1", TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal("/api/v1/problems/too-many", (string?)problem["type"]);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
    }
}
