using Microsoft.Extensions.Logging;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Notices addresses that devices take from each other again and again: two with the same address, or one that pretends. Says so once a
/// minute at most, with a count. For one caller at a time.
/// </summary>
internal sealed partial class MoveTally(TimeProvider time, ILogger<MoveTally> log)
{
    /// <summary>Moves of one address within a minute that are no move any more.</summary>
    private const int Conflict = 3;

    /// <summary>Addresses whose moves are counted; of more only the sum.</summary>
    private const int MostAddresses = 1024;

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ClientKey, int> _moves = [];
    private long? _since;
    private long? _told;
    private int _all;

    public void Count(Lease now, Lease before)
    {
        if (DeviceSessions.IsLinkLocal(now.Address))
        {
            return;
        }

        if (_since is not { } since || time.GetElapsedTime(since) >= s_interval)
        {
            _since = time.GetTimestamp();
            _moves.Clear();
        }

        _all++;
        if (_moves.Count < MostAddresses || _moves.ContainsKey(now.Address))
        {
            _moves[now.Address] = _moves.GetValueOrDefault(now.Address) + 1;
        }

        Log.Moved(log, now.Address, before.Mac, now.Mac);
        if (_moves.GetValueOrDefault(now.Address) >= Conflict && (_told is not { } told || time.GetElapsedTime(told) >= s_interval))
        {
            _told = time.GetTimestamp();
            Log.Contested(log, now.Address, before.Mac, now.Mac, _all, _moves.Count(pair => pair.Value >= Conflict));
            _all = 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4123, LogLevel.Debug, "Address {Address} went from device {Before} to {Now}")]
        public static partial void Moved(ILogger logger, ClientKey address, MacAddress before, MacAddress now);

        [LoggerMessage(4124, LogLevel.Warning, "Devices take addresses from each other, such as {Address} now {One} and now {Other}: {Moves} moves since the last such line, {Addresses} addresses just now. Two devices have the same address, or one pretends; the newest holder has it, and no session passes on with it.")]
        public static partial void Contested(ILogger logger, ClientKey address, MacAddress one, MacAddress other, int moves, int addresses);
    }
}
