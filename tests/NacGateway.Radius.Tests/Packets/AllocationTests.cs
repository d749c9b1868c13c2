using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Packets;

/// <summary>What runs once a packet allocates nothing.</summary>
public sealed class AllocationTests
{
    private static readonly byte[] Secret = "a secret of more than 16 octets"u8.ToArray();
    private static readonly byte[] Authenticator = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly byte[] Datagram = new byte[RadiusPacket.MaxLength];

    [Fact]
    public void Access_Request_is_written_and_signed_without_allocating() => AssertNothing(() => Write(RadiusCode.AccessRequest));

    [Fact]
    public void Accounting_Request_is_written_and_signed_without_allocating() => AssertNothing(() => Write(RadiusCode.AccountingRequest));

    [Fact]
    public void Accept_is_read_and_verified_without_allocating()
    {
        Span<byte> accept = stackalloc byte[256];
        var writer = new PacketWriter(accept, RadiusCode.AccessAccept, 1, default);
        writer.AddMessageAuthenticator();
        writer.AddInteger(27, 3600);
        writer.AddText(18, "Welcome");
        byte[] packet = writer.Complete().ToArray();
        Authenticators.SignReply(packet, Authenticator, Secret);

        uint timeout = 0;
        var error = PacketError.None;
        var verdict = PacketVerdict.Authentic;
        AssertNothing(() =>
        {
            // Assertions allocate, so they stand behind.
            error |= PacketReader.TryRead(packet, out PacketReader reader);
            verdict |= Authenticators.VerifyReply(reader.Packet, Authenticator, Secret);
            foreach (PacketReader.Enumerator attribute in reader)
            {
                timeout = attribute.Type == 27 && AttributeValue.TryReadInteger(attribute.Value, out uint seconds) ? seconds : timeout;
            }
        });

        Assert.Equal((PacketError.None, PacketVerdict.Authentic, 3600u), (error, verdict, timeout));
    }

    private static void Write(RadiusCode code)
    {
        var writer = new PacketWriter(Datagram, code, 1, Authenticator);
        writer.AddMessageAuthenticator();
        writer.AddText(1, "alice@example.org");
        UserPassword.Hide("a password of 21 octets"u8, Secret, Authenticator, writer.Reserve(2, 32));
        writer.AddText(31, "AA-BB-CC-DD-EE-FF");
        writer.AddInteger(61, 19);
        Authenticators.SignRequest(writer.Complete(), Secret);
    }

    private static void AssertNothing(Action action)
    {
        // Twice before: what is made once for the process is not what is measured.
        action();
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            action();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
