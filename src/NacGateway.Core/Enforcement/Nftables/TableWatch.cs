using System.Text;
using NacGateway.Core.Enforcement.Netlink;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Hears of every change of nftables as it happens, and tells whether somebody else has changed our table. For one thread.
/// </summary>
internal sealed class TableWatch : IDisposable
{
    /// <summary>Name of the one thread that changes our table, by which the kernel tells who did it.</summary>
    public const string Changer = "nacgateway-nft";

    private const int Group = 7;
    private const int Subsystem = 10;
    private const int NewElement = 12;
    private const int DeleteElement = 14;
    private const int NewGeneration = 15;
    private const int GenerationProgram = 3;
    private const int TableName = 1;
    private const int SetName = 2;
    private const int GenericHeader = 4;

    private readonly NetlinkSocket _socket = NetlinkSocket.Open(NetlinkFamily.Netfilter, Group);
    private bool _isTouched;

    /// <summary>Waits for news.</summary>
    /// <param name="wait">How long at most.</param>
    /// <returns>The name of the program that has changed our table; an empty text when news were lost, so that somebody may have; null when nobody did.</returns>
    public string? Wait(TimeSpan wait)
    {
        var octets = _socket.Receive(wait, out var messages);
        if (octets == NetlinkSocket.Overflow)
        {
            _isTouched = false;
            return "";
        }

        string? stranger = null;
        var reader = new NetlinkReader(messages);
        while (octets > 0 && reader.Next(out var message))
        {
            if (message.Type >> 8 == Subsystem && Read(message) is { } program)
            {
                stranger = program;
            }
        }

        return stranger;
    }

    public void Dispose() => _socket.Dispose();

    private string? Read(NetlinkMessage message)
    {
        var kind = message.Type & 0xff;
        var attributes = message.Attributes(GenericHeader);
        if (kind == NewGeneration)
        {
            var program = Text(attributes.Find(GenerationProgram));
            var isTouched = _isTouched;
            _isTouched = false;
            return isTouched && program != Changer ? program : null;
        }

        if (message.Payload.Length > GenericHeader && Text(attributes.Find(TableName)) == Names.Table
            && !(kind is NewElement or DeleteElement && Names.IsFilledByOthers(Text(attributes.Find(SetName)))))
        {
            _isTouched = true;
        }

        return null;
    }

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.ASCII.GetString(octets.TrimEnd((byte)0));
}
