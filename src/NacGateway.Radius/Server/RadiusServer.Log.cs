using System.Net;
using Microsoft.Extensions.Logging;

namespace NacGateway.Radius.Server;

public sealed partial class RadiusServer
{
    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Warning, "Dropped a datagram from {Source}: {Reason} ({Count} so far; at most one such line a minute)")]
        public static partial void Dropped(ILogger logger, IPEndPoint source, RadiusDropReason reason, long count);

        [LoggerMessage(1101, LogLevel.Error, "The request of {Nas} at {Source} was not answered, because its handler failed")]
        public static partial void HandlerFailed(ILogger logger, NasEntry nas, IPEndPoint source, Exception exception);

        [LoggerMessage(1102, LogLevel.Debug, "The RADIUS socket reported an error and goes on")]
        public static partial void SocketError(ILogger logger, Exception exception);

        [LoggerMessage(1103, LogLevel.Warning, "{Pending} RADIUS requests were cut off when the server stopped; give it a longer grace")]
        public static partial void CutOff(ILogger logger, int pending);

        [LoggerMessage(1105, LogLevel.Error, "A datagram from {Source} was dropped, because taking it failed")]
        public static partial void AcceptFailed(ILogger logger, IPEndPoint source, Exception exception);
    }
}
