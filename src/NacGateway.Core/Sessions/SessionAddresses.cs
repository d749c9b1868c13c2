using System.Collections.Immutable;

namespace NacGateway.Core.Sessions;

/// <summary>
/// The addresses by which a session's device is known: the one it signed in from, and those it came to hold since. Shared by all versions of
/// the same session; only <see cref="SessionTable"/> writes to it.
/// </summary>
public sealed class SessionAddresses
{
    private ImmutableArray<ClientKey> _held;

    internal SessionAddresses(ClientKey first) => _held = [first];

    /// <summary>Those that it holds, oldest first; none when others have taken all of them.</summary>
    public ImmutableArray<ClientKey> Held => ImmutableInterlocked.InterlockedCompareExchange(ref _held, default, default);

    internal bool Add(ClientKey address) => ImmutableInterlocked.Update(ref _held, static (held, added) => held.Contains(added) ? held : held.Add(added), address);

    internal bool Remove(ClientKey address) => ImmutableInterlocked.Update(ref _held, static (held, gone) => held.Remove(gone), address);
}
