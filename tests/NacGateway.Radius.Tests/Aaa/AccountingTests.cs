using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using NacGateway.Aaa;
using NacGateway.Aaa.Accounting;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

/// <summary>The server's port for accounting.</summary>
public sealed class AccountingTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<AccountingEvent> _events = new();
    private readonly TemporaryFolder _folder = new("accounting");
    private AccountingFile? _file;
    private AaaRig? _rig;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => _folder["detail"];

    private AaaServer Server => _rig!.Server;

    public ValueTask InitializeAsync()
    {
        _file = new AccountingFile(Path);
        _rig = AaaRig.Start(new UserDirectory([]), change: settings => settings with
        {
            Accounting = new IPEndPoint(IPAddress.Loopback, 0),
            OnAccounting = _events.Enqueue,
            AccountingFile = _file,
        });
        return ValueTask.CompletedTask;
    }

    [Fact]
    [Requirement("ACCT-1", "ACCT-15")]
    public async Task Session_is_answered_booked_and_written()
    {
        await AskAsync(Record(1, AccountingStatus.Start));
        await AskAsync(Record(2, AccountingStatus.Interim, packet => packet.Attributes.Add(RadiusAttributeType.AcctInputGigawords, [0, 0, 0, 1])));

        var reply = await AskAsync(Record(3, AccountingStatus.Stop, packet =>
        {
            packet.Attributes.Add(RadiusAttributeType.AcctInputGigawords, [0, 0, 0, 2]);
            packet.Attributes.Add(RadiusAttributeType.AcctTerminateCause, [0, 0, 0, 1]);
        }));

        var session = Assert.Single(Server.Book.Sessions);
        Assert.Equal((RadiusCode.AccountingResponse, (byte)3), (reply.Code, reply.Identifier));
        Assert.Equal((1, 1, 1, true, (2UL << 32) + 7, 1U), (session.Starts, session.Interims, session.Stops, session.IsInOrder, session.InputOctets, session.TerminateCause));
        Assert.Equal([AccountingStatus.Start, AccountingStatus.Interim, AccountingStatus.Stop], _events.Select(booked => booked.Status));
        var blocks = (await File.ReadAllTextAsync(Path, Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, blocks.Length);
        Assert.Contains("\tAcct-Status-Type = Stop\n", blocks[2], StringComparison.Ordinal);
        Assert.Contains("\tUser-Name = \"al\\nice\"\n", blocks[2], StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("ACCT-2")]
    public async Task Forged_record_is_dropped()
    {
        var forged = Record(1, AccountingStatus.Start);
        forged[4] ^= 1;

        await SendAsync(forged);
        await ServerProbes.UntilAsync(() => Server.AccountingCounters!.Dropped(RadiusDropReason.Unverified) == 1);

        Assert.Empty(Server.Book.Sessions);
    }

    [Fact]
    [Requirement("ACCT-27")]
    public async Task Record_with_a_broken_attribute_is_dropped_as_a_whole()
    {
        var broken = Record(1, AccountingStatus.Start);
        broken[21] = 200;

        await SendAsync(broken);
        await ServerProbes.UntilAsync(() => Server.AccountingCounters!.Dropped(RadiusDropReason.Malformed) == 1);

        Assert.Empty(Server.Book.Sessions);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3600)]
    public async Task Retransmission_is_answered_again_and_not_booked_again(int secondsLater)
    {
        var record = Record(1, AccountingStatus.Start);
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var first = await AskAsync(record, socket);
        _rig!.Time.Advance(TimeSpan.FromSeconds(secondsLater));

        var second = await AskAsync(record, socket);

        Assert.Equal(first.Authenticator.ToArray(), second.Authenticator.ToArray());
        Assert.Equal((1, 0), (Server.Book.Find("one")!.Starts, Server.Book.Find("one")!.OrderFaults));
        Assert.Single((await File.ReadAllTextAsync(Path, Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    [Requirement("ACCT-4")]
    public async Task Record_that_cannot_be_stored_gets_no_answer()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("There is no /dev/full here.");
        }

        using var full = new AccountingFile("/dev/full");
        await using var rig = AaaRig.Start(new UserDirectory([]), change: settings => settings with { Accounting = new IPEndPoint(IPAddress.Loopback, 0), AccountingFile = full });

        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.SendAsync(Record(1, AccountingStatus.Start), rig.Server.AccountingEndPoint, Token);
        await ServerProbes.UntilAsync(() => rig.Server.AccountingCounters!.Dropped(RadiusDropReason.NotAnswered) == 1);

        Assert.Empty(rig.Server.Book.Sessions);
        Assert.Contains(rig.Logger.Collector.GetSnapshot(), line => line.Message.Contains("could not be stored", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("ACCT-6")]
    public async Task Record_that_names_no_session_gets_no_answer()
    {
        var packet = new RadiusPacket(RadiusCode.AccountingRequest, 1);
        packet.Attributes.Add(RadiusAttributeType.AcctStatusType, [0, 0, 0, 1]);

        await SendAsync(AaaRig.Sign(packet));
        await ServerProbes.UntilAsync(() => Server.AccountingCounters!.Dropped(RadiusDropReason.NotAnswered) == 1);

        Assert.Empty(_events);
    }

    [Fact]
    public async Task Status_server_is_answered_by_what_the_port_is_for_and_a_sign_in_not_at_all()
    {
        var status = new RadiusPacket(RadiusCode.StatusServer, 1);
        status.AddMessageAuthenticator();

        await SendAsync(AaaRig.Pap(1, "alice", "wonderland"));
        await ServerProbes.UntilAsync(() => Server.AccountingCounters!.Dropped(RadiusDropReason.NotAnswered) == 1);
        var reply = await AskAsync(AaaRig.Sign(status));

        Assert.Equal(RadiusCode.AccountingResponse, reply.Code);
    }

    public async ValueTask DisposeAsync()
    {
        await _rig!.DisposeAsync();
        _file!.Dispose();
        _folder.Dispose();
    }

    private static byte[] Record(byte identifier, AccountingStatus status, Action<RadiusPacket>? change = null)
    {
        var packet = new RadiusPacket(RadiusCode.AccountingRequest, identifier) { UserName = "al\nice", AcctSessionId = "one", NasIdentifier = "nas" };
        packet.Attributes.Add(RadiusAttributeType.AcctStatusType, [0, 0, 0, (byte)status]);
        if (status != AccountingStatus.Start)
        {
            packet.Attributes.Add(RadiusAttributeType.AcctInputOctets, [0, 0, 0, 7]);
        }

        change?.Invoke(packet);
        return AaaRig.Sign(packet);
    }

    private async Task SendAsync(byte[] datagram)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.SendAsync(datagram, Server.AccountingEndPoint, Token);
    }

    private async Task<RadiusPacket> AskAsync(byte[] datagram, UdpClient? from = null)
    {
        using var own = from is null ? new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)) : null;
        var socket = from ?? own!;
        await socket.SendAsync(datagram, Server.AccountingEndPoint, Token);
        var reply = await socket.ReceiveAsync(Token);
        Assert.NotEqual(PacketVerdict.WrongAuthenticator, Authenticators.VerifyReply(reply.Buffer, datagram.AsSpan(4, 16), AaaRig.SecretOctets));
        Assert.True(RadiusPacket.TryParse(reply.Buffer, out var packet, out _));
        return packet;
    }
}
