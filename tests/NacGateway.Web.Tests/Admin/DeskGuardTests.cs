using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Administration;
using NacGateway.Web.Desk;
using Xunit;

namespace NacGateway.Web.Tests.Admin;

/// <summary>Who gets past the guard, and how the others are told.</summary>
public sealed class DeskGuardTests(DeskSite site) : IClassFixture<DeskSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_who_is_not_signed_in_is_led_to_the_sign_in_and_back()
    {
        using var nobody = site.Client(role: null);

        using var answer = await nobody.GetAsync("/?x=1", Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/sign-in?return=%2F%3Fx%3D1", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_program_that_is_not_signed_in_gets_problem_details()
    {
        using var nobody = site.Client(role: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept", "application/json");

        using var answer = await nobody.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(401, (await answer.Content.ReadFromJsonAsync<ProblemDetails>(Cancellation))?.Status);
    }

    [Fact]
    public async Task The_bare_address_leads_to_the_first_section()
    {
        using var viewer = site.Client(DeskRole.Viewer);

        using var answer = await viewer.GetAsync("/", Cancellation);

        Assert.Equal("/overview", answer.Headers.Location?.ToString());
    }

    [Fact]
    public void A_route_that_does_not_say_who_may_use_it_stops_the_start()
    {
        var open = new Endpoint(_ => Task.CompletedTask, EndpointMetadataCollection.Empty, "/open");

        var refused = Assert.Throws<InvalidOperationException>(() => DeskGuard.Demand([open]));

        Assert.Contains("/open", refused.Message, StringComparison.Ordinal);
    }
}
