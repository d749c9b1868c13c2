using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class RadiusHealthTests(PostgreSqlServer postgres)
{
    [Fact]
    [Requirement("BLAST-3", "RSTS-2")]
    public async Task A_server_that_may_answer_unsigned_is_told_apart_each_time_one_looks()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => new RadiusPacket(RadiusCode.AccessAccept), settings: ("Radius:Servers:0:RequireMessageAuthenticator", "false"));

        await signIns.LoginAsync();

        var server = signIns.Gateway.Get<RadiusHealth>().Servers.Single();
        Assert.Equal((ServerState.Alive, 1, 1, false, false), (server.State, server.Requests, server.Accepts, server.RequiresMessageAuthenticator, server.UsesStatusServer));
    }

    [Fact]
    public async Task Metrics_tell_state_and_answers_of_each_server()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject());
        var health = signIns.Gateway.Get<RadiusHealth>();
        await signIns.LoginAsync();
        var meters = signIns.Gateway.Get<System.Diagnostics.Metrics.IMeterFactory>();
        using var states = new MetricCollector<long>(meters, RadiusHealth.MeterName, "nacgateway.radius.server.state");
        using var answers = new MetricCollector<long>(meters, RadiusHealth.MeterName, "nacgateway.radius.server.answers");

        states.RecordObservableInstruments();
        answers.RecordObservableInstruments();

        Assert.Equal(health.Servers.Single().Name, states.LastMeasurement!.Tags["server"]);
        Assert.Equal(0, states.LastMeasurement.Value);
        Assert.Equal(1, answers.GetMeasurementSnapshot().Single(measured => Equals(measured.Tags["kind"], "reject")).Value);
    }

    [Theory]
    [InlineData("true", null, true)]
    [InlineData("true", "false", false)]
    [InlineData(null, "true", true)]
    [InlineData(null, null, false)]
    [Requirement("RSTS-2")]
    public async Task Status_server_is_switched_for_all_or_for_one_and_is_off_by_default(string? all, string? one, bool expected)
    {
        (string Key, string? Value)[] settings = [("Radius:StatusServer", all), ("Radius:Servers:0:StatusServer", one)];
        await using var signIns = await SignIns.StartAsync(postgres, _ => null, settings: [.. settings.Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value!))]);

        Assert.Equal(expected, signIns.Gateway.Get<RadiusHealth>().Servers.Single().UsesStatusServer);
    }
}
