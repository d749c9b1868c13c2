using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Fixtures;

public sealed class FreeRadiusServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("User-Name=alice,User-Password=wonderland", "Received Access-Accept", "Session-Timeout = 3600")]
    [InlineData("User-Name=alice,CHAP-Password=wonderland", "Received Access-Accept", "Idle-Timeout = 600")]
    [InlineData("User-Name=alice,MS-CHAP-Password=wonderland", "Received Access-Accept", "Welcome to the building")]
    [InlineData("User-Name=alice,User-Password=looking-glass", "Received Access-Reject", "")]
    [InlineData("User-Name=bob,User-Password=builder", "Received Access-Challenge", "State = " + FreeRadiusOptions.ChallengeState)]
    [InlineData("User-Name=bob,User-Password=123456,State=" + FreeRadiusOptions.ChallengeState, "Received Access-Accept", "")]
    [InlineData("User-Name=bob,User-Password=123456,State=0x00ff", "Received Access-Reject", "")]
    [InlineData("User-Name=eve,User-Password=anything", "Received Access-Reject", "Ask Mia at desk 4")]
    [InlineData("User-Name=olga,MS-CHAP-Password=yesterday", "Received Access-Reject", "E=648")]
    public async Task Each_person_of_the_users_file_gets_the_promised_reply(string request, string reply, string detail)
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Cancel);

        var output = await server.AskAsync(request, Cancel);

        Assert.Contains(reply, output, StringComparison.Ordinal);
        Assert.Contains(detail, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User-Name=alice,User-Password=wonderland")]
    [InlineData("User-Name=bob,User-Password=builder")]
    [InlineData("User-Name=eve,User-Password=anything")]
    public async Task Replies_carry_Message_Authenticator_only_when_configured(string request)
    {
        await using var signing = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Cancel);
        await using var silent = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { SignsReplies = false }, Cancel);

        var signed = await signing.AskAsync(request, Cancel);
        var unsigned = await silent.AskAsync(request, Cancel);

        Assert.Contains("Message-Authenticator = 0x", signed, StringComparison.Ordinal);
        Assert.Contains("Received Access-", unsigned, StringComparison.Ordinal);
        Assert.DoesNotContain("Message-Authenticator", unsigned, StringComparison.Ordinal);
    }
}
