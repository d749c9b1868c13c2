using System.Net;
using Microsoft.AspNetCore.Routing;
using NacGateway.Core.Administration;
using NacGateway.TestKit;
using NacGateway.Web.Desk;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Routes;

/// <summary>
/// A table over every route of the desk and every role, by page and by API. <c>routes.txt</c> beside this file says of each route who may use
/// it; a route that it does not name fails here, so that nobody adds one without a decision that somebody else can read.
/// </summary>
public sealed class RouteTableTests(DeskSite site) : IClassFixture<DeskSite>
{
    /// <summary>Who may what, written once more: a change of the desk's own table is to be noticed.</summary>
    private static readonly Dictionary<string, string[]> s_roles = new(StringComparer.Ordinal)
    {
        [RouteLine.SignedIn] = ["Viewer", "HelpDesk", "FrontDesk", "Auditor", "Administrator"],
        ["Read"] = ["Viewer", "HelpDesk", "Auditor", "Administrator"],
        ["ActOnSessions"] = ["HelpDesk", "Administrator"],
        ["ChangeRoles"] = ["Administrator"],
        ["ManageGuests"] = ["FrontDesk", "Administrator"],
        ["ReadAudit"] = ["Auditor", "Administrator"],
        ["Export"] = ["Auditor", "Administrator"],
        ["TestRadius"] = ["HelpDesk", "Administrator"],
        ["ManageRules"] = ["Administrator"],
        ["ManageAccess"] = ["Administrator"],
    };

    private static readonly string[] s_everyRole = s_roles[RouteLine.SignedIn];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lines => [.. Table().Select(line => line.ToString())];

    [Fact]
    public void Every_route_is_in_the_table_with_its_decision_and_nothing_else_is()
    {
        var mapped = site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(RouteLine.Of).Select(line => line.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        var named = Table().Select(line => line.ToString()).ToArray();

        string[] missing = [.. mapped.Except(named, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] stale = [.. named.Except(mapped, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        Assert.True(missing.Length == 0, $"""
            These routes are in no line of tests/NacGateway.Web.Tests/Admin/Routes/routes.txt. If who may use them is right, add:
            {string.Join('\n', missing)}
            """);
        Assert.True(stale.Length == 0, $"""
            These lines of tests/NacGateway.Web.Tests/Admin/Routes/routes.txt are of no route, or of one that says otherwise now. Remove or correct them:
            {string.Join('\n', stale)}
            """);
    }

    [Fact]
    public void The_rights_of_the_roles_are_those_that_were_agreed()
    {
        foreach (var right in Enum.GetValues<DeskRight>().Where(right => right != DeskRight.None))
        {
            Assert.Equal(s_roles[right.ToString()], DeskRights.With(right).Select(role => role.ToString()), StringComparer.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Whoever_may_gets_past_the_guard_and_nobody_else(string text)
    {
        var line = RouteLine.Parse(text);
        var isOpen = line.Access == RouteLine.Anybody || line.Access.EndsWith(RouteLine.FromAfar, StringComparison.Ordinal);

        using var ofNobody = await AskAsync(line, role: null);
        Assert.True(isOpen ? ofNobody.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError) : IsTurnedAway(line, ofNobody), $"nobody: {text} answered {(int)ofNobody.StatusCode} {ofNobody.Headers.Location}");
        if (isOpen)
        {
            return;
        }

        foreach (var role in s_everyRole)
        {
            using var answer = await AskAsync(line, role);
            var isAllowed = s_roles[line.Access].Contains(role, StringComparer.Ordinal);
            Assert.True(
                isAllowed ? answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError) : answer.StatusCode == HttpStatusCode.Forbidden,
                $"{role}: {text} answered {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task What_changes_something_is_refused_without_the_token_of_the_form(string text)
    {
        var line = RouteLine.Parse(text);
        if (line.Method == "GET" || line.Access == RouteLine.Anybody)
        {
            return;
        }

        using var answer = await AskAsync(line, "Administrator", token: "another");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static IEnumerable<RouteLine> Table() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests", "NacGateway.Web.Tests", "Admin", "Routes", "routes.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(RouteLine.Parse);

    /// <summary>A person is led to the sign-in, a program is told.</summary>
    private static bool IsTurnedAway(RouteLine line, HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Unauthorized
        || (line.Method == "GET" && !line.Pattern.StartsWith("/api", StringComparison.Ordinal) && answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) == true);

    private async Task<HttpResponseMessage> AskAsync(RouteLine line, string? role, string token = HeaderAuthentication.FormToken)
    {
        using var client = site.Client(role is null ? null : Enum.Parse<DeskRole>(role));
        using var request = new HttpRequestMessage(new HttpMethod(line.Method == "ANY" ? "GET" : line.Method), line.Path());
        if (line.Method is not ("GET" or "ANY"))
        {
            request.Headers.Add(DeskOrigin.Header, token);
            request.Content = line.Pattern.StartsWith("/api", StringComparison.Ordinal)
                ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent([]);
        }

        // Of a live feed the head is the whole answer.
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
