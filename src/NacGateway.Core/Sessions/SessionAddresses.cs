using System.Collections.Immutable;

namespace NacGateway.Core.Sessions;

/// <summary>
/// The addresses by which a session's device is known: the one it signed in from, and those it came to hold since. Shared by all versions of
/// the same session; only <see cref="SessionTable"/> writes to it.
/// </summary>
public sealed class SessionAddresses
{
    private ImmutableArray<ClientKey> _held;

    private const ulong Known = 1UL << 63;

    /// <summary>The bits of a MAC address, and one above them; 0 for none yet.</summary>
    private ulong _device;

    internal SessionAddresses(ClientKey first) => _held = [first];

    /// <summary>Those that it holds, oldest first; none when others have taken all of them.</summary>
    public ImmutableArray<ClientKey> Held => ImmutableInterlocked.InterlockedCompareExchange(ref _held, default, default);

    internal bool Add(ClientKey address) => ImmutableInterlocked.Update(ref _held, static (held, added) => held.Contains(added) ? held : held.Add(added), address);

    internal bool Remove(ClientKey address) => ImmutableInterlocked.Update(ref _held, static (held, gone) => held.Remove(gone), address);

    /// <summary>The device that a session is bound to which began without a known one; null for none yet.</summary>
    internal MacAddress? Device => Volatile.Read(ref _device) is not 0 and var device ? new MacAddress(device & ~Known) : null;

    /// <summary>Binds a session that began without a known device to one: the first to be named is the one, for good.</summary>
    /// <returns>The device that it is bound to.</returns>
    internal MacAddress Bind(MacAddress device)
    {
        var before = Interlocked.CompareExchange(ref _device, device.Bits | Known, 0);
        return before == 0 ? device : new MacAddress(before & ~Known);
    }
}
