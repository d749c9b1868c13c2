using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

public sealed class CoaTsharkTests(PostgreSqlServer postgres)
{
    [Fact]
    [Requirement("COA-28")]
    public async Task The_dissector_of_wireshark_finds_nothing_wrong_with_any_answer()
    {
        await using var scene = await CoaScene.StartAsync(postgres);
        List<ReadOnlyMemory<byte>> packets = [];
        await ExchangeAsync(CoaClient.Change(Full));
        await ExchangeAsync(CoaClient.Change(packet => (packet.UserName, packet.State) = ("nobody", new byte[] { 1, 0, 2 })));
        await ExchangeAsync(CoaClient.Change(packet => (packet.UserName, packet.ServiceType, packet.State) = ("bob", ServiceType.AuthorizeOnly, new byte[] { 3 })));
        await ExchangeAsync(CoaClient.Change(packet => (packet.UserName, packet.ServiceType) = ("bob", ServiceType.Login)));
        await ExchangeAsync(CoaClient.Disconnect());
        await ExchangeAsync(CoaClient.Disconnect(packet => (packet.UserName, packet.SessionTimeout) = ("bob", 60)));
        await ExchangeAsync(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "bob";
            packet.AddMessageAuthenticator();
            packet.Attributes.Add(RadiusAttributeType.ProxyState, [9, 9]);
        }));

        Assert.Empty(await TsharkDissector.ComplaintsAsync(packets, TestContext.Current.CancellationToken));

        // The answer as it was on the wire: parsed and written it has the same octets.
        async Task ExchangeAsync(RadiusPacket request)
        {
            var reply = await scene.Client.AskAsync(request);
            Assert.NotNull(reply);
            var octets = new byte[reply.EncodedLength];
            reply.WriteTo(octets);
            packets.Add(CoaClient.Sign(request));
            packets.Add(octets);
        }

        void Full(RadiusPacket packet)
        {
            packet.AddMessageAuthenticator();
            packet.UserName = "bob";
            packet.SessionTimeout = 600;
            packet.State = new byte[] { 1, 2 };
            packet.EventTimestamp = scene.Gateway.Time.GetUtcNow();
            packet.Attributes.Add(RadiusAttributeType.ProxyState, [7]);
            packet.Attributes.Add(RadiusAttributeType.ProxyState, [8, 8]);
        }
    }
}
