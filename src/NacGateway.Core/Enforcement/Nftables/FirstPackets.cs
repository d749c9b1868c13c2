using System.Buffers.Binary;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Hears of packets that our rules do not let through and that may come from a device with a session: of an address that nobody has seen yet,
/// such as the next privacy address of IPv6. The rules tell each pair of addresses once in two seconds at most. For one thread.
/// </summary>
internal sealed class FirstPackets : IDisposable
{
    private const ushort Packet = 4 << 8;
    private const ushort Configure = (4 << 8) | 1;
    private const int ConfigureCommand = 1;
    private const int ConfigureMode = 2;
    private const int ConfigureThreshold = 5;
    private const int HardwareAddress = 8;
    private const int Payload = 9;
    private const int GenericHeader = 4;
    private const byte Bind = 1;
    private const byte CopyPacket = 2;

    private readonly NetlinkSocket _socket = NetlinkSocket.Open(NetlinkFamily.Netfilter);

    /// <exception cref="EnforcementException">Somebody else listens to this group, or the kernel cannot log packets.</exception>
    public FirstPackets()
    {
        // struct nfulnl_msg_config_mode: 64 octets of each packet, which hold either IP header.
        var mode = new byte[6];
        BinaryPrimitives.WriteUInt32BigEndian(mode, 64);
        mode[4] = CopyPacket;
        foreach (var (type, value) in new (int, byte[])[] { (ConfigureCommand, [Bind]), (ConfigureMode, mode), (ConfigureThreshold, [0, 0, 0, 1]) })
        {
            var error = _socket.Ask(new NetlinkWriter(Configure, NetlinkWriter.Acknowledge).Fixed([0, 0, Names.LogGroup >> 8, Names.LogGroup & 0xff]).Add(type, value));
            if (error != 0)
            {
                _socket.Dispose();
                throw new EnforcementException($"First packets of devices cannot be heard (error {error} of the kernel): the kernel needs nfnetlink_log (modprobe nfnetlink_log), and nobody else may listen to NFLOG group {Names.LogGroup}.");
            }
        }
    }

    /// <summary>Waits for packets.</summary>
    /// <param name="wait">How long at most.</param>
    /// <param name="take">Takes the hardware address and the IP address that a packet came from.</param>
    public void Wait(TimeSpan wait, Action<MacAddress, ClientKey> take)
    {
        // What is lost comes again two seconds later.
        var octets = _socket.Receive(wait, out var messages);
        var reader = new NetlinkReader(messages);
        while (octets > 0 && reader.Next(out var message))
        {
            if (message.Type == Packet && Read(message) is var (mac, source))
            {
                take(mac, source);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static (MacAddress Mac, ClientKey Source)? Read(NetlinkMessage message)
    {
        var attributes = message.Attributes(GenericHeader);
        var hardware = attributes.Find(HardwareAddress);
        var packet = attributes.Find(Payload);
        if (hardware.Length < 12 || BinaryPrimitives.ReadUInt16BigEndian(hardware) != 6 || packet.Length < 20)
        {
            return null;
        }

        var mac = MacAddress.From(hardware.Slice(4, 6));
        return (packet[0] >> 4) switch
        {
            4 => (mac, new ClientKey(((UInt128)0xffff << 32) | BinaryPrimitives.ReadUInt32BigEndian(packet[12..]))),
            6 when packet.Length >= 40 => (mac, new ClientKey(BinaryPrimitives.ReadUInt128BigEndian(packet[8..]))),
            _ => null,
        };
    }
}
