using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Harness.Playing;

/// <summary>
/// The played NAS's side of RFC 5176: answers Disconnect- and CoA-Requests of the one server that is played to. Digests, duplicates and the
/// rate of log lines are the RADIUS server's; what is meant and whether it can be done is decided here, all or nothing.
/// </summary>
internal sealed class DynamicAuthorizationServer : IAsyncDisposable
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(300);
    private static readonly byte[] s_common =
        [RadiusAttributeType.EventTimestamp, RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.ProxyState, RadiusAttributeType.State, RadiusAttributeType.ReplyMessage, RadiusAttributeType.OperatorName];

    private readonly NasSettings _settings;
    private readonly OpenSessions _open;
    private readonly NasLog _log;
    private readonly TimeProvider _time;
    private readonly RadiusServer _server;

    private DynamicAuthorizationServer(NasSettings settings, OpenSessions open, NasLog log, TimeProvider time)
    {
        _settings = settings;
        _open = open;
        _log = log;
        _time = time;
        var from = settings.Authentication.EndPoint.Address;
        var dac = new NasEntry(new IPNetwork(from, from.GetAddressBytes().Length * 8), settings.DynamicSecret, "server", RequireMessageAuthenticator: false);
        _server = new RadiusServer(new RadiusListenerSettings { Listen = settings.DynamicAuthorization!, Nas = [dac], DuplicateWindow = s_window }, (context, _) => ValueTask.FromResult(Handle(context)), time);
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public static DynamicAuthorizationServer Start(NasSettings settings, OpenSessions open, NasLog log, TimeProvider time)
    {
        var server = new DynamicAuthorizationServer(settings, open, log, time);
        server._server.Start();
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static bool MayChange(byte type) =>
        type is RadiusAttributeType.SessionTimeout or RadiusAttributeType.IdleTimeout or RadiusAttributeType.FilterId or RadiusAttributeType.AcctInterimInterval;

    private RadiusPacket? Handle(RadiusRequestContext context)
    {
        var request = context.Request;
        if (request.Code is not (RadiusCode.DisconnectRequest or RadiusCode.CoaRequest)
            || (request.EventTimestamp is { } sent && (_time.GetUtcNow() - sent).Duration() > s_window))
        {
            // Old requests may be replays: no answer (RFC 5176 section 6.3).
            return null;
        }

        var isDisconnect = request.Code == RadiusCode.DisconnectRequest;
        var refusal = Refusal(request, isDisconnect);
        IReadOnlyList<PlayedSession> meant = [];
        if (refusal == ErrorCause.None)
        {
            (meant, refusal) = SessionMatch.Find(request, _open.All, _settings);
        }

        foreach (var session in meant)
        {
            if (isDisconnect)
            {
                session.End(TerminateCause.AdminReset);
            }
            else
            {
                session.Change(request);
            }
        }

        _log.Authorization(isDisconnect, meant, refusal);
        return Answer(context, isDisconnect, refusal);
    }

    private static ErrorCause Refusal(RadiusPacket request, bool isDisconnect)
    {
        foreach (var attribute in request.Attributes)
        {
            if (attribute.Type == RadiusAttributeType.ServiceType && !isDisconnect)
            {
                return ErrorCause.UnsupportedService;
            }

            var known = SessionMatch.IsIdentification(attribute.Type) || s_common.Contains(attribute.Type)
                || (isDisconnect ? attribute.Type is RadiusAttributeType.Class or RadiusAttributeType.AcctTerminateCause : MayChange(attribute.Type));
            if (!known)
            {
                return ErrorCause.UnsupportedAttribute;
            }

            if (!isDisconnect && attribute.Type != RadiusAttributeType.FilterId && MayChange(attribute.Type) && attribute.Value.Length != sizeof(uint))
            {
                return ErrorCause.InvalidAttributeValue;
            }
        }

        return ErrorCause.None;
    }

    private static RadiusPacket Answer(RadiusRequestContext context, bool isDisconnect, ErrorCause refusal)
    {
        var done = refusal == ErrorCause.None;
        var reply = context.CreateReply(isDisconnect ? (done ? RadiusCode.DisconnectAck : RadiusCode.DisconnectNak) : (done ? RadiusCode.CoaAck : RadiusCode.CoaNak));
        if (!done)
        {
            reply.ErrorCause = refusal;
        }

        // State comes back untouched (RFC 5176 section 3.3).
        reply.State = isDisconnect ? null : context.Request.State;
        return reply;
    }
}
