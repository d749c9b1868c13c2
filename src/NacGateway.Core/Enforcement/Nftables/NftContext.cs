using System.Runtime.InteropServices;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// nftables through its own library: text in, one transaction each, so all of it is done or none. It belongs to the network namespace of the
/// thread that opens it. Safe for concurrent use; the library is not, so one call at a time runs in the whole process.
/// </summary>
internal sealed class NftContext : IDisposable
{
    private static readonly Lock s_library = new();

    private readonly Context _context;
    private readonly ElementCounters _counters;

    private NftContext(Context context, ElementCounters counters) => (_context, _counters) = (context, counters);

    /// <summary>Opens the library, and asks the kernel once.</summary>
    /// <exception cref="EnforcementException">The library or the right to use it is missing.</exception>
    public static NftContext Open()
    {
        lock (s_library)
        {
            Context context;
            try
            {
                context = new Context(LibNftables.Open(0));
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
            {
                throw new EnforcementException($"{LibNftables.Name} is missing: Enforcement:Mode Nftables needs it. Install the package libnftables1 (Debian) or nftables, or set Enforcement:Mode to ProxyOnly.", exception);
            }

            Prepare(context);
            return new NftContext(context, new ElementCounters());
        }
    }

    /// <summary>Runs commands in one transaction.</summary>
    public NftAnswer Run(string commands, NftOutput output = NftOutput.None)
    {
        lock (s_library)
        {
            return Run(_context, commands, output);
        }
    }

    /// <summary>The octets that the counter of one element has counted; null where there is none.</summary>
    public long? OctetsOf(string set, MacAddress? mac, ClientKey address) => _counters.Read(set, mac, address);

    /// <summary>
    /// All tables of the family that ours is of, without their elements. Asked for one table, the library (1.0.6) fetches every element, only to
    /// leave them out: with a hundred thousand sessions that takes seconds, and this none.
    /// </summary>
    public NftAnswer ListWithoutElements(NftOutput output) => Run($"list ruleset {Names.Family}", output | NftOutput.Terse | NftOutput.Numeric);

    public void Dispose()
    {
        _context.Dispose();
        _counters.Dispose();
    }

    private static NftAnswer Run(Context context, string commands, NftOutput output)
    {
        var handle = context.DangerousGetHandle();
        LibNftables.SetOutput(handle, (uint)output);
        var result = LibNftables.Run(handle, commands);
        var listed = Marshal.PtrToStringUTF8(LibNftables.TakeOutput(handle)) ?? "";
        var error = Marshal.PtrToStringUTF8(LibNftables.TakeError(handle)) ?? "";
        return new NftAnswer(result == 0, listed, error);
    }

    private static void Prepare(Context context)
    {
        if (context.IsInvalid || LibNftables.BufferOutput(context.DangerousGetHandle()) != 0 || LibNftables.BufferError(context.DangerousGetHandle()) != 0)
        {
            context.Dispose();
            throw new EnforcementException($"{LibNftables.Name} cannot be started: there is no memory for it.");
        }

        var asked = Run(context, "list tables", NftOutput.None);
        if (!asked.IsDone)
        {
            context.Dispose();
            throw new EnforcementException(asked.Error.Contains("not permitted", StringComparison.OrdinalIgnoreCase)
                ? "nftables may not be used: the right CAP_NET_ADMIN is missing. Run the gateway as root, give its unit AmbientCapabilities=CAP_NET_ADMIN, or set Enforcement:Mode to ProxyOnly."
                : $"nftables does not answer: {asked.Reason}. The kernel needs nf_tables (modprobe nf_tables), or set Enforcement:Mode to ProxyOnly.");
        }
    }

    private sealed class Context : SafeHandle
    {
        public Context(nint context)
            : base(nint.Zero, ownsHandle: true) => SetHandle(context);

        public override bool IsInvalid => handle == nint.Zero;

        protected override bool ReleaseHandle()
        {
            LibNftables.Close(handle);
            return true;
        }
    }
}
