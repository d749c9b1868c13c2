using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>
/// A socket to the kernel. It belongs to the network namespace of the thread that opens it. For one thread at a time.
/// </summary>
internal sealed class NetlinkSocket : IDisposable
{
    /// <summary>Room for a burst of news: what does not fit is lost, which is told as <see cref="Overflow"/>.</summary>
    private const int ReceiveBufferOctets = 8 * 1024 * 1024;

    /// <summary>The kernel sends at most this much at once (NLMSG_GOODSIZE, and 32 KB in dumps).</summary>
    public const int LargestDatagram = 64 * 1024;

    /// <summary>What <see cref="Receive"/> returns when news were lost: whoever follows them must read everything anew.</summary>
    public const int Overflow = -1;

    private readonly SafeFileHandle _socket;
    private readonly byte[] _buffer = new byte[LargestDatagram];
    private uint _sequence;

    private NetlinkSocket(SafeFileHandle socket) => _socket = socket;

    /// <summary>Opens a socket.</summary>
    /// <param name="family">The part of the kernel.</param>
    /// <param name="groups">Numbers of the multicast groups whose news it hears; none for questions and answers only.</param>
    /// <exception cref="EnforcementException">The kernel refuses.</exception>
    public static NetlinkSocket Open(NetlinkFamily family, params ReadOnlySpan<int> groups)
    {
        var descriptor = LinuxSocket.Open(LinuxSocket.AddressFamily, LinuxSocket.Raw | LinuxSocket.CloseOnExec, (int)family);
        Check(descriptor, $"A netlink socket ({family}) cannot be opened");
        var socket = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            // With CAP_NET_ADMIN beyond the system's limit; otherwise as far as that goes.
            if (LinuxSocket.SetOption(socket, LinuxSocket.LevelSocket, LinuxSocket.ReceiveBufferForce, ReceiveBufferOctets, sizeof(int)) < 0)
            {
                _ = LinuxSocket.SetOption(socket, LinuxSocket.LevelSocket, LinuxSocket.ReceiveBuffer, ReceiveBufferOctets, sizeof(int));
            }

            // Filters of a dump are obeyed by kernels that know them, and refused instead of passed over by none that we run on.
            _ = LinuxSocket.SetOption(socket, LinuxSocket.LevelNetlink, LinuxSocket.StrictChecks, 1, sizeof(int));
            var address = new LinuxSocket.Address { Family = LinuxSocket.AddressFamily };
            Check(LinuxSocket.Bind(socket, address, Marshal.SizeOf<LinuxSocket.Address>()), $"A netlink socket ({family}) cannot be bound");
            foreach (var group in groups)
            {
                Check(LinuxSocket.SetOption(socket, LinuxSocket.LevelNetlink, LinuxSocket.AddMembership, group, sizeof(int)), $"The kernel's news ({family}, group {group}) cannot be heard");
            }

            return new NetlinkSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for news.</summary>
    /// <param name="wait">How long at most.</param>
    /// <param name="messages">What came, to be walked by a <see cref="NetlinkReader"/>; valid until the next call.</param>
    /// <returns>Octets; 0 when nothing came in time, <see cref="Overflow"/> when some were lost.</returns>
    public int Receive(TimeSpan wait, out ReadOnlySpan<byte> messages)
    {
        messages = default;
        var added = false;
        try
        {
            _socket.DangerousAddRef(ref added);
            var entry = new LinuxSocket.PollEntry { Descriptor = (int)_socket.DangerousGetHandle(), Events = LinuxSocket.PollIn };
            var ready = LinuxSocket.Poll(ref entry, 1, (int)wait.TotalMilliseconds);
            if (ready == 0 || (ready < 0 && Marshal.GetLastPInvokeError() == LinuxSocket.Interrupted))
            {
                return 0;
            }
        }
        finally
        {
            if (added)
            {
                _socket.DangerousRelease();
            }
        }

        var octets = (int)LinuxSocket.Receive(_socket, _buffer, _buffer.Length, 0);
        if (octets < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error switch
            {
                LinuxSocket.NoBuffers => Overflow,
                LinuxSocket.Interrupted or LinuxSocket.TryAgain => 0,
                _ => throw new EnforcementException($"The kernel cannot be heard any more: {Describe(error)}"),
            };
        }

        messages = _buffer.AsSpan(0, octets);
        return octets;
    }

    /// <summary>Asks the kernel and gives each message of the answer to the reader.</summary>
    /// <param name="request">The request; its sequence number is set here.</param>
    /// <param name="read">Takes each message of the answer; null where only success counts.</param>
    /// <returns>0, or the kernel's error number (errno).</returns>
    public int Ask(NetlinkWriter request, NetlinkHandler? read = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sequence = ++_sequence;
        var octets = request.Finish(sequence);
        if (LinuxSocket.Send(_socket, octets, octets.Length, 0) < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        while (true)
        {
            var received = Receive(TimeSpan.FromSeconds(10), out var messages);
            if (received == 0)
            {
                throw new EnforcementException("The kernel does not answer a netlink request.");
            }

            if (received == Overflow)
            {
                return LinuxSocket.NoBuffers;
            }

            if (Read(messages, sequence, read) is { } error)
            {
                return error;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>Null while more is to come; else the error number of the whole, 0 for none.</returns>
    private static int? Read(ReadOnlySpan<byte> messages, uint sequence, NetlinkHandler? read)
    {
        var reader = new NetlinkReader(messages);
        while (reader.Next(out var message))
        {
            if (message.Sequence != sequence)
            {
                continue;
            }

            switch (message.Type)
            {
                case NetlinkMessage.Done:
                    return 0;
                case NetlinkMessage.Error:
                    return message.Payload.Length < sizeof(int) ? 0 : -MemoryMarshal.Read<int>(message.Payload);
                default:
                    read?.Invoke(message);
                    break;
            }
        }

        return null;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new EnforcementException(error == LinuxSocket.PermissionDenied
                ? $"{what}: the right CAP_NET_ADMIN is missing. Run the gateway as root, or give its unit AmbientCapabilities=CAP_NET_ADMIN."
                : $"{what}: {Describe(error)}");
        }
    }

    private static string Describe(int error) => new Win32Exception(error).Message;
}
