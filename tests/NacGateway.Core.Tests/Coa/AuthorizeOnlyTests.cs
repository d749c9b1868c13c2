using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

[Requirement("COA-21")]
public sealed class AuthorizeOnlyTests(PostgreSqlServer postgres)
{
    private static readonly byte[] s_state = [5, 1, 0, 7, 6];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-20", "RCH-6")]
    public async Task The_answer_is_a_nak_and_the_server_is_asked_with_the_state_of_the_request(StorageProvider provider)
    {
        await using var scene = await RenewalScene.StartAsync(provider, postgres, _ => Replies.Accept(packet => packet.SessionTimeout = 600));
        using var client = new CoaClient(scene.Gateway);
        scene.Gateway.Time.Advance(TimeSpan.FromSeconds(40));
        var octets = CoaClient.Sign(AuthorizeOnly(scene));

        var reply = await client.AskAsync(octets);

        Assert.Equal((RadiusCode.CoaNak, ServiceType.AuthorizeOnly, ErrorCause.RequestInitiated), (reply?.Code, reply?.ServiceType, reply?.ErrorCause));
        Assert.Equal(s_state, reply!.State!.Value.ToArray());
        await scene.WaitAsync(() => scene.Session?.Limits.SessionTimeout == TimeSpan.FromSeconds(640));
        Assert.True(scene.Server.Requests.TryDequeue(out var request));
        Assert.Equal((ServiceType.AuthorizeOnly, "alice"), (request.ServiceType, request.UserName));
        Assert.Equal(s_state, request.State!.Value.ToArray());
        Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.First().Type);
        var lines = await scene.Gateway.ReadAsync(database => database.Set<SessionEvent>().ToListAsync(Token));
        Assert.All(lines, line => Assert.Equal((SessionEventKind.Reauthenticated, "CoA client 127.0.0.1"), (line.Kind, line.By)));
        Assert.Equal(2, lines.Count);

        // Again, from another port and after a restart: the same answer, and nobody is asked.
        await scene.Gateway.RestartAsync(killed: true);
        using var other = new CoaClient(scene.Gateway);
        var again = await other.AskAsync(octets);
        Assert.Equal(Convert.ToHexString(reply!.Attributes.Encoded), Convert.ToHexString(again!.Attributes.Encoded));
        Assert.Empty(scene.Server.Requests);
    }

    [Fact]
    public async Task A_reject_ends_the_session()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Reject());
        using var client = new CoaClient(scene.Gateway);

        await client.AskAsync(AuthorizeOnly(scene));
        await scene.WaitAsync(() => scene.Gateway.Table.Count == 0);

        var row = await scene.Gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal(AcctTerminateCause.ReauthenticationFailure, row.TerminateCause);
    }

    [Fact]
    public async Task Without_an_answer_nothing_changes()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => null, opening => opening with { Limits = new() });
        using var client = new CoaClient(scene.Gateway);

        await client.AskAsync(AuthorizeOnly(scene));
        await scene.WaitAsync(
            () => scene.Gateway.Lines.Any(line => line.Id.Id == 2532),
            TimeSpan.FromMilliseconds(100));

        Assert.NotNull(scene.Session);
    }

    [Theory]
    [InlineData("no State", ErrorCause.MissingAttribute)]
    [InlineData("Session-Timeout beside it", ErrorCause.UnsupportedAttribute)]
    [InlineData("nobody is meant", ErrorCause.SessionContextNotFound)]
    [InlineData("nobody is named", ErrorCause.MissingAttribute)]
    [InlineData("two are meant", ErrorCause.MultipleSessionSelectionUnsupported)]
    public async Task What_cannot_be_asked_is_refused_and_nobody_is_asked(string what, ErrorCause cause)
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept());
        using var client = new CoaClient(scene.Gateway);
        await scene.Gateway.OpenAsync(Openings.Of(client: "192.0.2.8"));

        var reply = await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.ServiceType = ServiceType.AuthorizeOnly;
            packet.State = what == "no State" ? null : s_state;
            packet.UserName = what switch { "two are meant" => "alice", "nobody is meant" => "mallory", _ => null };
            packet.AcctSessionId = what is "no State" or "Session-Timeout beside it" ? scene.Session!.AcctSessionId : null;
            packet.SessionTimeout = what == "Session-Timeout beside it" ? 60u : null;
        }));

        Assert.Equal((RadiusCode.CoaNak, cause), (reply?.Code, reply?.ErrorCause));
        Assert.Empty(scene.Server.Requests);
    }

    private static RadiusPacket AuthorizeOnly(RenewalScene scene) => CoaClient.Change(packet =>
    {
        packet.ServiceType = ServiceType.AuthorizeOnly;
        packet.State = s_state;
        packet.AcctSessionId = scene.Session!.AcctSessionId;
        packet.NasIdentifier = "nacgateway";
    });
}
