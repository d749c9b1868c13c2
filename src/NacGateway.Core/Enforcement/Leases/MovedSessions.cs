using Microsoft.Extensions.Logging;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Records what became of sessions whose addresses moved: one that has none left ends, one whose address of record went to another device
/// goes under one that it still has, and one whose device has become known carries its MAC address from then on. For one caller at a time.
/// </summary>
internal sealed partial class MovedSessions(SessionManager manager, SessionTable sessions, TimeProvider time, MoveTally tally, ILogger<MovedSessions> log)
{
    private const string By = "the table of neighbours";

    private readonly Dictionary<string, LeaseChange?> _left = new(StringComparer.Ordinal);

    public TimeProvider Time => time;

    /// <summary>Whether something could not be recorded yet.</summary>
    public bool HasLeft => _left.Count > 0;

    /// <summary>Whether what is in memory and what is recorded of a session differ.</summary>
    public static bool IsDue(ActiveSession session) =>
        session.Addresses.Held is var held && (held.IsEmpty || !held.Contains(ClientKey.From(session.ClientAddress)) || (session.CallingStationId is null && session.Addresses.Device is not null));

    /// <summary>Tries again what the database did not take.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        foreach (var (session, change) in _left.ToList())
        {
            _left.Remove(session);
            await RecordAsync(session, change, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records what a change of leases did to a session; counts devices that take addresses from each other.</summary>
    public async Task RecordAsync(LeaseChange? change, string? session, CancellationToken cancellationToken)
    {
        if (change is { Now: { } now, Before: { } before })
        {
            tally.Count(now, before);
        }

        if (session is not null)
        {
            await RecordAsync(session, change, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RecordAsync(string id, LeaseChange? change, CancellationToken cancellationToken)
    {
        if (!sessions.TryFind(id, out var session) || !IsDue(session))
        {
            return;
        }

        try
        {
            if (session.Addresses.Held.IsEmpty)
            {
                await EndAsync(session, change, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RenameAsync(session, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StorageUnavailableException exception)
        {
            // Nobody gets in by it meanwhile: it has no address, or only its own device's.
            _left[id] = change;
            Log.NotRecorded(log, id, exception.Message);
        }
    }

    private async Task EndAsync(ActiveSession session, LeaseChange? change, CancellationToken cancellationToken)
    {
        var taker = change is { Now: { } now } ? $"{change.Address} is held by {now.Mac} now" : $"{session.ClientAddress} is held by another device now";
        var closing = new SessionClosing { AcctSessionId = session.AcctSessionId, Cause = AcctTerminateCause.LostCarrier, Event = Event(session, $"{taker}, and its own device is known at no other address; it has ended") };
        await manager.CloseAsync([closing], also: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task RenameAsync(ActiveSession session, CancellationToken cancellationToken)
    {
        var held = session.Addresses.Held;
        var address = held.Contains(ClientKey.From(session.ClientAddress)) ? null : held[^1].ToAddress();
        if (address is not null && sessions.Walk().Any(other => other.ClientAddress.Equals(address) && !string.Equals(other.AcctSessionId, session.AcctSessionId, StringComparison.Ordinal)))
        {
            // Devices that exchange their addresses: the other's session is recorded under this one until it is dealt with, too.
            address = null;
        }

        var station = session.CallingStationId is null ? session.Addresses.Device : null;
        if (address is null && station is null)
        {
            return;
        }

        if (station is { } device && sessions.TryFind(device, out var earlier))
        {
            await ReplaceAsync(earlier, session, cancellationToken).ConfigureAwait(false);
        }

        List<string> words = [];
        if (station is { } known)
        {
            words.Add($"its device is {known}");
        }

        if (address is not null)
        {
            words.Add($"{session.ClientAddress} went to another device, it goes on at {address}");
        }

        var text = string.Join("; ", words);
        Log.Moved(log, session.AcctSessionId, text);
        await manager.ChangeAsync(
            [new SessionChange { AcctSessionId = session.AcctSessionId, ClientAddress = address, CallingStationId = station?.ToString(), Event = Event(session, text) }],
            also: null,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A device has one session: as a sign-in does that knows the device at once, one that comes to know it ends the earlier one.</summary>
    private async Task ReplaceAsync(ActiveSession earlier, ActiveSession later, CancellationToken cancellationToken)
    {
        var addresses = earlier.Addresses.Held;
        var closing = new SessionClosing { AcctSessionId = earlier.AcctSessionId, Cause = AcctTerminateCause.NasRequest, Event = Event(earlier, $"its device has signed in anew at {later.ClientAddress}; it has ended") };
        await manager.CloseAsync([closing], also: null, cancellationToken).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            sessions.Attach(later.AcctSessionId, address);
        }
    }

    private SessionEvent Event(ActiveSession session, string text) => new() { AcctSessionId = session.AcctSessionId, At = time.GetUtcNow(), Kind = SessionEventKind.Moved, By = By, Text = text };

    private static partial class Log
    {
        [LoggerMessage(4125, LogLevel.Information, "Session {AcctSessionId}: {What}")]
        public static partial void Moved(ILogger logger, string acctSessionId, string what);

        [LoggerMessage(4122, LogLevel.Warning, "Session {AcctSessionId} has moved, which could not be recorded: {Reason} It is tried again every second.")]
        public static partial void NotRecorded(ILogger logger, string acctSessionId, string reason);
    }
}
