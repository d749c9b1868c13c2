using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Termination-Action RADIUS-Request (RFC 2865 section 5.29).</summary>
public sealed class SessionRenewalTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("RATT-13", "RCH-6")]
    public async Task At_session_timeout_the_server_is_asked_with_its_state_and_the_session_goes_on_under_what_it_grants(StorageProvider provider)
    {
        await using var scene = await RenewalScene.StartAsync(provider, postgres, _ => Replies.Accept(packet =>
        {
            packet.SessionTimeout = 600;
            packet.TerminationAction = TerminationAction.RadiusRequest;
            packet.State = new byte[] { 9 };
        }));
        var started = scene.Session!.StartedAt;

        await scene.ComeToTheEndAsync();
        Assert.NotNull(scene.Session);
        await scene.WaitAsync(() => scene.Session?.EndsAt == started.AddSeconds(700));

        Assert.True(scene.Server.Requests.TryDequeue(out var request));
        Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.First().Type);
        Assert.Equal((ServiceType.AuthorizeOnly, "alice", scene.Session!.AcctSessionId), (request.ServiceType, request.UserName, request.AcctSessionId));
        Assert.Equal(RenewalScene.State, request.State!.Value.ToArray());
        Assert.Equal(("02-00-5E-10-00-01", "nacgateway"), (request.CallingStationId, request.NasIdentifier));
        Assert.Equal(0, request.Attributes.CountOf(RadiusAttributeType.UserPassword) + request.Attributes.CountOf(RadiusAttributeType.ChapPassword));
        var line = Assert.Single(await scene.Gateway.ReadAsync(database => database.Set<SessionEvent>().ToListAsync(Token)));
        Assert.Equal((SessionEventKind.Reauthenticated, "RADIUS server first"), (line.Kind, line.By));
        Assert.Contains("Session-Timeout from 100 s to 700 s", line.Text, StringComparison.Ordinal);

        // The next time with the State of the last Accept, even after a restart.
        await scene.Gateway.RestartAsync(killed: true);
        await scene.ComeToTheEndAsync(600);
        await scene.WaitAsync(() => scene.Session?.EndsAt == started.AddSeconds(1300));
        Assert.True(scene.Server.Requests.TryDequeue(out request));
        Assert.Equal([9], request.State!.Value.ToArray());
    }

    [Fact]
    [Requirement("RATT-13")]
    public async Task A_reject_ends_it_by_a_failed_reauthentication()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Reject("Your day is over"));

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0);

        Assert.Equal(AcctTerminateCause.ReauthenticationFailure, await CauseAsync(scene));
        var line = Assert.Single(await scene.Gateway.ReadAsync(database => database.Set<SessionEvent>().ToListAsync(Token)));
        Assert.Contains("Your day is over", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accept_that_grants_what_is_not_served_here_counts_as_a_reject()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept(packet => packet.ServiceType = ServiceType.Login));

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0);

        Assert.Equal(AcctTerminateCause.ReauthenticationFailure, await CauseAsync(scene));
    }

    [Fact]
    public async Task An_accept_with_an_attribute_that_nobody_knows_counts_as_a_reject_where_it_does_at_the_sign_in()
    {
        await using var scene = await RenewalScene.StartAsync(
            StorageProvider.Sqlite, postgres, _ => Replies.Accept(packet => packet.Attributes.Add(190, [1, 2])), settings: ("Radius:RejectUnknownAttributes", "true"));

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0);

        Assert.Equal(AcctTerminateCause.ReauthenticationFailure, await CauseAsync(scene));
        var record = Assert.Single(await scene.Gateway.ReadAsync(database => database.Set<PolicyDecision>().ToListAsync(Token)));
        Assert.False(record.IsGranted);
        Assert.Contains("attribute 190", record.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_leaves_a_record_of_what_was_decided()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept(packet => packet.SessionTimeout = 600));
        var id = scene.Session!.AcctSessionId;

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Session?.Limits.SessionTimeout > TimeSpan.FromSeconds(600));

        var record = Assert.Single(await scene.Gateway.ReadAsync(database => database.Set<PolicyDecision>().ToListAsync(Token)));
        Assert.Equal((id, "alice", true), (record.AcctSessionId, record.UserName, record.IsGranted));
        Assert.StartsWith("first accepted again. ", record.Words, StringComparison.Ordinal);
        Assert.Contains("Session-Timeout 00:10:00 (the server)", record.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_counts_as_a_reject_because_nobody_is_there_to_answer()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Challenge([7], "Code?"));

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0);

        Assert.Equal(AcctTerminateCause.ReauthenticationFailure, await CauseAsync(scene));
    }

    [Fact]
    [Requirement("RATT-13")]
    public async Task Without_an_answer_it_ends_by_its_session_timeout()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => null);

        await scene.ComeToTheEndAsync();
        Assert.NotNull(scene.Session);
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0, TimeSpan.FromMilliseconds(100));

        Assert.Equal(AcctTerminateCause.SessionTimeout, await CauseAsync(scene));
        Assert.NotEmpty(scene.Server.Requests);
    }

    [Fact]
    [Requirement("RCH-6")]
    public async Task Without_a_state_nobody_is_asked()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept(), opening => opening with { State = null });

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0);

        Assert.Equal(AcctTerminateCause.SessionTimeout, await CauseAsync(scene));
        Assert.Empty(scene.Server.Requests);
    }

    [Fact]
    public async Task Termination_action_default_asks_nobody()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept(), opening => opening with { Reauthenticates = false });

        await scene.ComeToTheEndAsync();

        Assert.Equal((0, 0), (scene.Gateway.Table.Count, scene.Server.Requests.Count));
    }

    [Fact]
    public async Task What_is_granted_anew_counts_from_now_and_not_from_the_start()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept(packet =>
        {
            packet.SessionTimeout = 50;
            packet.Attributes.AddVendor(VendorId.ChilliSpot, 3, [0, 0, 0x03, 0xe8]);
        }), opening => opening with { TunnelAttributes = new byte[] { 64, 6, 0, 0, 0, 13 } });
        var session = scene.Session!;
        session.Traffic.Add(5000, 7000, scene.Gateway.Time.GetTimestamp());

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Session?.Limits.TotalQuota is not null);

        Assert.Equal((TimeSpan.FromSeconds(150), 13_000L), (scene.Session!.Limits.SessionTimeout, scene.Session.Limits.TotalQuota));
        Assert.False(scene.Session.Reauthenticates);

        // What the new Accept does not say anything about stays.
        var row = await scene.Gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal([64, 6, 0, 0, 0, 13], row.TunnelAttributes!);
        Assert.Equal([3, 1, 2, 3, 1, 4], row.Classes!);
    }

    [Fact]
    public async Task While_the_answer_is_on_its_way_the_server_is_not_asked_twice()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => null);

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => !scene.Server.Requests.IsEmpty);
        await scene.Gateway.Sweeper.SweepAsync(Token);
        await scene.Gateway.Sweeper.SweepAsync(Token);
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0, TimeSpan.FromMilliseconds(100));

        Assert.Single(scene.Server.Requests.Select(request => request.Identifier).Distinct());
    }

    private static Task<AcctTerminateCause?> CauseAsync(RenewalScene scene) =>
        scene.Gateway.ReadAsync(database => database.Set<Session>().Select(row => row.TerminateCause).SingleAsync(Token));
}
