using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// Writes what an administrator must know of one server: each change of its state, and that replies are not believed, a line a minute
/// for each reason at most, for whoever can send one datagram can send a million. Safe for concurrent use.
/// </summary>
internal sealed partial class ServerLog
{
    private readonly RadiusServerSettings _server;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly long?[] _lastLine = new long?[Enum.GetValues<DropReason>().Length];
    private readonly long[] _untold = new long[Enum.GetValues<DropReason>().Length];

    public ServerLog(RadiusClient client, ILogger logger, TimeProvider time)
    {
        (_server, _logger, _time) = (client.Server, logger, time);
        client.StateChanged += (_, change) => Changed(change);
        client.Drops.Dropped = Dropped;
    }

    private static TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    private static string Words(DropReason reason) => reason switch
    {
        DropReason.Malformed => "they are no RADIUS packets",
        DropReason.WrongCode => "their code answers no such request",
        DropReason.WrongAuthenticator => "their Response Authenticator is wrong: another shared secret, or a forgery. Compare the secret on both sides",
        DropReason.WrongMessageAuthenticator => "their Message-Authenticator is wrong: a forgery, or a proxy that changes replies",
        DropReason.MissingMessageAuthenticator => "they lack Message-Authenticator, and such a reply can be forged (CVE-2024-3596). Have the server sign its replies",
        _ => "they came late, twice or uncalled-for",
    };

    private void Changed(ServerStateChangedEventArgs change)
    {
        if (change.To == ServerState.Dead)
        {
            Log.Dead(_logger, _server.Name, _server.EndPoint, change.Reason);
        }
        else if (change is { From: ServerState.Probing, To: ServerState.Alive })
        {
            Log.Back(_logger, _server.Name, _server.EndPoint);
        }
        else
        {
            Log.Changed(_logger, _server.Name, _server.EndPoint, change.From, change.To, change.Reason);
        }
    }

    private void Dropped(DropReason reason)
    {
        long count;
        lock (_lock)
        {
            count = ++_untold[(int)reason];
            long now = _time.GetTimestamp();
            if (_lastLine[(int)reason] is { } last && _time.GetElapsedTime(last, now) < Interval)
            {
                return;
            }

            _lastLine[(int)reason] = now;
            _untold[(int)reason] = 0;
        }

        // The last two happen between honest peers.
        LogLevel level = reason is DropReason.UnknownIdentifier or DropReason.Late ? LogLevel.Debug : LogLevel.Warning;
        string words = Words(reason);
        Log.Dropped(_logger, level, count, _server.Name, _server.EndPoint, words);
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Warning, "RADIUS server {Server} ({EndPoint}) is taken for dead: {Reason}. Others are asked before it until it answers again.")]
        public static partial void Dead(ILogger logger, string server, IPEndPoint endPoint, string reason);

        [LoggerMessage(1001, LogLevel.Information, "RADIUS server {Server} ({EndPoint}) answers again and has its place back.")]
        public static partial void Back(ILogger logger, string server, IPEndPoint endPoint);

        [LoggerMessage(1002, LogLevel.Debug, "RADIUS server {Server} ({EndPoint}) was {From} and is {To}: {Reason}")]
        public static partial void Changed(ILogger logger, string server, IPEndPoint endPoint, ServerState from, ServerState to, string reason);

        [LoggerMessage(EventId = 1003, Message = "{Count} replies from RADIUS server {Server} ({EndPoint}) were not believed: {Reason}. More of the kind are told together in a minute.")]
        public static partial void Dropped(ILogger logger, LogLevel level, long count, string server, IPEndPoint endPoint, string reason);
    }
}
