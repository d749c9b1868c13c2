using NacGateway.Radius.Tests.Vectors;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>The judge first: what it says of published packets, and of packets that are wrong on purpose.</summary>
public sealed class TsharkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Published_packets_are_clean()
    {
        byte[][] packets = [Packet("rfc2865-7.1", "request"), Packet("rfc2865-7.1", "accept"), Packet("rfc5997-6.1", "request"), Packet("rfc5997-6.1", "response")];

        var dissected = await TsharkDissector.DissectAsync(packets.Select(packet => new ReadOnlyMemory<byte>(packet)), Token);

        Assert.Equal([1, 2, 12, 2], dissected.Select(packet => packet.Code!.Value));
        Assert.All(dissected, packet => Assert.True(packet.IsClean, packet.ToString()));
    }

    [Fact]
    public async Task Attribute_that_runs_over_the_end_is_found()
    {
        var packet = Packet("rfc2865-7.1", "accept");
        packet[^5] = 40;

        var complaints = await TsharkDissector.ComplaintsAsync([packet], Token);

        Assert.NotEmpty(complaints);
    }

    private static byte[] Packet(string file, string section) => VectorFile.Load(file).Octets(section, "packet");
}
