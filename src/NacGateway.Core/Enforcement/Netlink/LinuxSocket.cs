using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>The few calls of libc that a netlink socket needs: .NET's own sockets know no AF_NETLINK.</summary>
internal static partial class LinuxSocket
{
    public const int AddressFamily = 16;
    public const int Raw = 3;
    public const int CloseOnExec = 0x80000;
    public const int LevelSocket = 1;
    public const int LevelNetlink = 270;
    public const int ReceiveBuffer = 8;
    public const int ReceiveBufferForce = 33;
    public const int AddMembership = 1;
    public const int StrictChecks = 12;
    public const short PollIn = 1;

    public const int PermissionDenied = 1;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoBuffers = 105;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SafeFileHandle socket, in Address address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(SafeFileHandle socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeFileHandle socket, ReadOnlySpan<byte> message, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(SafeFileHandle socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    /// <summary>CLONE_NEWNET.</summary>
    public const int NewNetwork = 0x40000000;

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    /// <summary>struct sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Address
    {
        public ushort Family;
        public ushort Padding;
        public uint Port;
        public uint Groups;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
