using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// The rules by which sessions and addresses go together, in memory alone and at once: a session belongs to one device, has the addresses
/// that this device holds, and loses one the moment that another device holds it. Safe for concurrent use.
/// </summary>
internal sealed class DeviceSessions(SessionTable sessions, LeaseTable leases)
{
    /// <summary>The device that a session belongs to; null for one that began at an address of which no device was known yet.</summary>
    public static MacAddress? DeviceOf(ActiveSession session) =>
        MacAddress.TryParse(session.CallingStationId, out var device) ? device : session.Addresses.Device;

    /// <summary>Whether an address is good for one link only: two devices behind two interfaces may have the same, and none is reached by it from elsewhere.</summary>
    public static bool IsLinkLocal(ClientKey address) => (address.Bits >> 118) == 0b11_1111_1010;

    /// <summary>Does what follows from a change in the table of leases. Called under its lock: quick, and nothing of it waits.</summary>
    /// <returns>The session that the address belonged to, if any: it may have to be recorded, or to end.</returns>
    public string? Apply(LeaseChange change)
    {
        string? touched = null;
        if (sessions.TryFind(change.Address, out var holder))
        {
            touched = holder.AcctSessionId;
            Release(holder, change);
        }

        if (change.Now is { } now && !IsLinkLocal(change.Address) && sessions.TryFind(now.Mac, out var own))
        {
            sessions.Attach(own.AcctSessionId, change.Address);
        }

        return touched;
    }

    /// <summary>Gives a session what its device holds, and takes what others do: for one that has just begun or come back, whatever happened meanwhile.</summary>
    public void Settle(ActiveSession session)
    {
        foreach (var held in session.Addresses.Held)
        {
            if (leases.TryGet(held, out var lease) && !Belongs(session, lease.Mac))
            {
                sessions.Detach(session, held);
            }
        }

        if (DeviceOf(session) is not { } device)
        {
            return;
        }

        foreach (var address in leases.AddressesOf(device))
        {
            if (IsLinkLocal(address))
            {
                continue;
            }

            if (sessions.TryFind(address, out var other) && DeviceOf(other) != device)
            {
                sessions.Detach(other, address);
            }

            sessions.Attach(session.AcctSessionId, address);

            // It may have gone to another between the question and the answer.
            if (!leases.TryGet(address, out var lease) || lease.Mac != device)
            {
                sessions.Detach(session, address);
            }
        }
    }

    private void Release(ActiveSession holder, LeaseChange change)
    {
        if (change.Now is not { } now)
        {
            // Forgotten, not taken: a session keeps its last address until another device has it.
            if (holder.Addresses.Held.Length > 1)
            {
                sessions.Detach(holder, change.Address);
            }
        }
        else if (!Belongs(holder, (change.Before ?? now).Mac) || !Belongs(holder, now.Mac))
        {
            sessions.Detach(holder, change.Address);
        }
    }

    /// <summary>Whether a session is this device's. One that has none yet is bound to it, for good: the first device known at its address is the one that signed in.</summary>
    private static bool Belongs(ActiveSession session, MacAddress device) =>
        MacAddress.TryParse(session.CallingStationId, out var known) ? known == device : session.Addresses.Bind(device) == device;
}
