using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>What is agreed on inside TLS, and what the packets then look like.</summary>
public sealed class VersionTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();
    private RadiusPacket? _request;

    [Theory]
    [InlineData(RadSecVersions.Both, RadSecVersions.Both, RadiusVersion.Radius11)]
    [InlineData(RadSecVersions.Both, RadSecVersions.Radius10, RadiusVersion.Radius10)]
    [InlineData(RadSecVersions.Both, RadSecVersions.Radius11, RadiusVersion.Radius11)]
    [InlineData(RadSecVersions.Both, RadSecVersions.Unnamed, RadiusVersion.Radius10)]
    [InlineData(RadSecVersions.Radius10, RadSecVersions.Both, RadiusVersion.Radius10)]
    [InlineData(RadSecVersions.Radius10, RadSecVersions.Unnamed, RadiusVersion.Radius10)]
    [InlineData(RadSecVersions.Radius11, RadSecVersions.Both, RadiusVersion.Radius11)]
    [InlineData(RadSecVersions.Unnamed, RadSecVersions.Both, RadiusVersion.Radius10)]
    [InlineData(RadSecVersions.Unnamed, RadSecVersions.Radius10, RadiusVersion.Radius10)]
    [InlineData(RadSecVersions.Unnamed, RadSecVersions.Unnamed, RadiusVersion.Radius10)]
    [Requirement("TLS-1", "TLS-2", "TLS-11", "R11-1", "R11-2", "RMA-10", "BLAST-10")]
    public async Task The_highest_version_of_both_sides_is_spoken(RadSecVersions client, RadSecVersions server, RadiusVersion expected)
    {
        var result = await SignInAsync(client, server);

        Assert.Equal((ExchangeStatus.Answered, null), (result.Status, result.Problem));
        Assert.Equal((expected, expected), (_request!.Version, result.Reply!.Version));
        Assert.Equal("wonderland", string.Concat(result.Reply.ReplyMessages));
    }

    [Theory]
    [InlineData(RadSecVersions.Radius10, RadSecVersions.Radius11)]
    [InlineData(RadSecVersions.Radius11, RadSecVersions.Radius10)]
    [InlineData(RadSecVersions.Radius11, RadSecVersions.Unnamed)]
    [InlineData(RadSecVersions.Unnamed, RadSecVersions.Radius11)]
    [Requirement("R11-1", "R11-2")]
    public async Task Without_a_common_version_nothing_is_sent(RadSecVersions client, RadSecVersions server)
    {
        var result = await SignInAsync(client, server);

        Assert.True(result.Status is ExchangeStatus.Refused or ExchangeStatus.Unreachable, result.Status.ToString());
        Assert.NotNull(result.Problem);
        Assert.Null(_request);
    }

    [Fact]
    [Requirement("R11-5", "R11-6", "R11-8", "R11-9")]
    public async Task In_1_1_there_is_a_token_and_no_digest_and_the_password_is_clear()
    {
        var server = _rig.Serve(Keep);
        var client = _rig.Connect(server.EndPoint);

        var first = await RadSecRig.AskAsync(client);
        var token = _request!.Token;
        await RadSecRig.AskAsync(client);

        Assert.Equal((0, token + 1), (_request.Identifier, _request.Token));
        Assert.Equal(new byte[12], _request.Authenticator[4..].ToArray());
        Assert.Equal((0, token, 0), (first.Reply!.Identifier, first.Reply.Token, first.Reply.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator)));
        Assert.Equal(0, _request.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator));
        Assert.True(_request.Attributes.TryGetFirst(RadiusAttributeType.UserPassword, out var password));
        Assert.Equal("wonderland", Encoding.UTF8.GetString(password));
    }

    [Fact]
    [Requirement("R11-10")]
    public async Task In_1_1_chap_brings_its_own_challenge()
    {
        var server = _rig.Serve(Keep);
        var client = _rig.Connect(server.EndPoint);

        await RadSecRig.AskAsync(client, (request, _) => request.AddChapPassword(1, "wonderland"u8));

        Assert.Equal(1, _request!.Attributes.CountOf(RadiusAttributeType.ChapChallenge));
        Assert.True(_request.VerifyChapPassword("wonderland"u8));
        Assert.False(_request.VerifyChapPassword("another"u8));
        _request.Attributes.RemoveAll(RadiusAttributeType.ChapChallenge);
        Assert.False(_request.VerifyChapPassword("wonderland"u8));
    }

    [Fact]
    [Requirement("R11-11", "TLS-7")]
    public async Task A_protocol_error_is_an_answer_that_another_server_may_better()
    {
        var server = _rig.Serve((context, _) => ValueTask.FromResult<RadiusPacket?>(context.CreateProtocolError(ErrorCause.UnsupportedExtension)));
        var client = _rig.Connect(server.EndPoint);

        var result = await RadSecRig.AskAsync(client);

        Assert.Equal((ExchangeStatus.ProtocolError, ErrorCause.UnsupportedExtension), (result.Status, result.Reply!.ErrorCause));
    }

    [Fact]
    [Requirement("R11-11")]
    public async Task In_1_1_a_handler_that_fails_is_told_of_at_once()
    {
        var server = _rig.Serve((_, _) => throw new InvalidOperationException("for the test"));
        var client = _rig.Connect(server.EndPoint);

        var result = await RadSecRig.AskAsync(client);

        Assert.Equal((ExchangeStatus.ProtocolError, ErrorCause.ResourcesUnavailable), (result.Status, result.Reply!.ErrorCause));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private async Task<ExchangeResult> SignInAsync(RadSecVersions client, RadSecVersions server)
    {
        var running = _rig.Serve(Keep, settings => settings with { Versions = server });
        return await RadSecRig.AskAsync(_rig.Connect(running.EndPoint, tls => tls with { Versions = client }));
    }

    private ValueTask<RadiusPacket?> Keep(RadiusRequestContext context, CancellationToken cancellationToken)
    {
        _request = context.Request;
        return RadSecRig.AnswerAsync(context, cancellationToken);
    }
}
