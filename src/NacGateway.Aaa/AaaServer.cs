using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Aaa.Accounting;
using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>A small RADIUS server: PAP, CHAP, MS-CHAPv2, a second step, rejections, reply attributes, accounting.</summary>
public sealed class AaaServer : IAsyncDisposable
{
    private const double Jitter = 0.5;
    private readonly AaaServerSettings _settings;
    private readonly ListenerLife _life;
    private readonly AccountingDesk _desk;
    private readonly OpenChallenges _challenges;
    private readonly Chance _chance;
    private readonly TimeProvider _time;

    private AaaServer(AaaServerSettings settings, TimeProvider time, ILogger? logger)
    {
        (_settings, _time, _chance) = (settings, time, new Chance(settings.Seed));
        _challenges = new OpenChallenges(time);
        _desk = new AccountingDesk(settings, Book, time, logger);
        var (wires, handlers) = Wires(settings, time);
        _life = new ListenerLife(settings, current => AaaListeners.Open(current, handlers, wires, time, logger), time, logger);
        _life.Restarting += _challenges.Clear;
        wires?.Follow(_life);
    }

    /// <summary>Where it listens for authentication.</summary>
    public IPEndPoint AuthenticationEndPoint => _life.Current.Authentication.EndPoint;

    /// <summary>Where it listens for accounting; null when it does not.</summary>
    public IPEndPoint? AccountingEndPoint => _life.Current.Accounting?.EndPoint;

    /// <summary>Where it listens for RadSec; null when it does not.</summary>
    public IPEndPoint? TlsEndPoint => _life.Current.Tls?.EndPoint;

    /// <summary>What has been answered and dropped so far at the port for authentication, since the last crash.</summary>
    public RadiusServerCounters Counters => _life.Current.Authentication.Counters;

    /// <summary>What has been answered and dropped so far at the port for accounting; null when there is none.</summary>
    public RadiusServerCounters? AccountingCounters => _life.Current.Accounting?.Counters;

    /// <summary>What all ports have answered and dropped so far, those that crashed included.</summary>
    public IReadOnlyList<RadiusServerCounters> AllCounters => _life.Counters;

    /// <summary>The sessions that were reported, by UDP and by RadSec.</summary>
    public AccountingBook Book { get; } = new();

    /// <summary>Starts answering.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public static AaaServer Start(AaaServerSettings settings, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        var server = new AaaServer(settings, time, logger);
        settings.Trace?.Begin();
        server._life.Current.Start();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _life.DisposeAsync();

    private static ValueTask<RadiusPacket?> Answered(RadiusPacket? reply) => ValueTask.FromResult(reply);

    /// <summary>A Status-Server is answered as what the port is for (RFC 5997 section 4.2).</summary>
    private ValueTask<RadiusPacket?> Account(RadiusRequestContext context, CancellationToken cancellationToken) => Answered(context.Request.Code switch
    {
        RadiusCode.AccountingRequest => _desk.Answer(context),
        RadiusCode.StatusServer => context.CreateReply(RadiusCode.AccountingResponse),
        _ => context.CreateUnwanted(),
    });

    private ValueTask<RadiusPacket?> HandleTls(RadiusRequestContext context, CancellationToken cancellationToken) =>
        context.Request.Code == RadiusCode.AccountingRequest && _settings.Accounting is not null ? Account(context, cancellationToken) : Authenticate(context, cancellationToken);

    private ValueTask<RadiusPacket?> Authenticate(RadiusRequestContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Code is not (RadiusCode.AccessRequest or RadiusCode.StatusServer))
        {
            return Answered(context.CreateUnwanted());
        }

        var name = context.Request.UserName ?? string.Empty;
        var (reply, method, reason) = context.Request.Code == RadiusCode.StatusServer
            ? (context.CreateReply(RadiusCode.AccessAccept), "none", "status")
            : Decide(context, name);
        if (!Replies.Fits(reply, context.Request))
        {
            // An answer without its Proxy-States would reach nobody, and one without its limits would open too much.
            return Answered(null);
        }

        _settings.OnAnswered?.Invoke(new AaaEvent(context.Source, name, method, reply.Code, reason));
        return reply.Code == RadiusCode.AccessReject && _settings.RejectDelay > TimeSpan.Zero ? RejectLaterAsync(context, reply, cancellationToken) : Answered(reply);
    }

    /// <summary>A rejection that comes late makes guessing slow, and one whose time is not known tells nothing by it (draft-ietf-radext-deprecating-radius section 8.3).</summary>
    private async ValueTask<RadiusPacket?> RejectLaterAsync(RadiusRequestContext context, RadiusPacket reply, CancellationToken cancellationToken)
    {
        var factor = 1 + (Jitter * _chance.Unit("reject delay", context));
        await Task.Delay(_settings.RejectDelay * factor, _time, cancellationToken);
        return reply;
    }

    private (RadiusPacket Reply, string Method, string Reason) Decide(RadiusRequestContext context, string name)
    {
        var method = Credentials.MethodOf(context.Request);
        return context.Request.State is { } state ? Answer(context, name, state, method) : SignIn(context, name, method);
    }

    private (RadiusPacket Reply, string Method, string Reason) Answer(RadiusRequestContext context, string name, ReadOnlyMemory<byte> state, SignInMethod method)
    {
        const string Name = "challenge answer";
        var (challenged, left) = _challenges.Take(state.Span, context.Source.Address, name) ?? default;

        // The answer stands in User-Password whatever the first step was (RFC 2865 section 4.4).
        var proven = Credentials.Prove(context, method == SignInMethod.Pap ? method : SignInMethod.None, challenged?.OneTimeCode);
        return (proven, left) switch
        {
            (true, > 1) => (Challenge(context, name, challenged!, left - 1), Name, "code is right, asked for again"),
            (true, _) => (Replies.Accept(context, method, proven, challenged!), Name, "code is right"),
            _ => (Replies.Reject(context, _chance, method), Name, challenged is null ? "no such challenge" : "wrong code"),
        };
    }

    private RadiusPacket Challenge(RadiusRequestContext context, string name, AaaUser user, int left)
    {
        var state = _chance.Octets(OpenChallenges.StateLength, "state", context);
        _challenges.Open(context.Source.Address, name, user, state, left);
        return Replies.Challenge(context, user, state);
    }

    private (RadiusPacket Reply, string Method, string Reason) SignIn(RadiusRequestContext context, string name, SignInMethod method)
    {
        var user = _settings.Users.Find(name, context.Request.Attributes);
        var proven = Credentials.Prove(context, method, user?.Password);
        var (reply, reason) = user switch
        {
            { Rejected: true } => (Replies.Reject(context, _chance, method, MsChapErrorCode.AccountDisabled, user), "rejected whatever the password"),
            { Accepted: true } => (Replies.Accept(context, method, proven, user), "accepted whatever the password"),
            _ when method == SignInMethod.Several => (Replies.Reject(context, _chance, method), "several methods in one request"),
            null => (Replies.Reject(context, _chance, method), "unknown user"),
            _ when !proven => (Replies.Reject(context, _chance, method), "wrong password"),
            { PasswordExpired: true } => (Replies.Reject(context, _chance, method, MsChapErrorCode.PasswordExpired, user), "password expired"),
            { OneTimeCode: not null } => (Challenge(context, name, user, user.Challenges), "password is right, code asked for"),
            _ => (Replies.Accept(context, method, proven, user), "password is right"),
        };
        return (reply, NameOf(method), reason);
    }

    /// <summary>A recorded run is answered from the record, and anything else by the users; null for no wire where nothing is to go wrong.</summary>
    private (AaaWires? Wires, AaaHandlers Handlers) Wires(AaaServerSettings settings, TimeProvider time)
    {
        var own = new AaaHandlers(Authenticate, Account, HandleTls);
        if (settings.Replay is { } trace)
        {
            static ValueTask<RadiusPacket?> Place(RadiusRequestContext context, CancellationToken cancellationToken) =>
                Answered(context.CreateReply(context.Request.Code == RadiusCode.AccountingRequest ? RadiusCode.AccountingResponse : RadiusCode.AccessReject));
            return (AaaWires.Of(new ReplayDirector(trace, settings.ReplayVerbatim, settings.OnFault)), new AaaHandlers(Place, Place, Place));
        }

        return settings.Scenario is null && settings.Trace is null
            ? (null, own)
            : (AaaWires.Of(new FaultDirector(settings.Scenario ?? Scenario.None, settings.Seed ?? 0, time, settings.Trace, settings.OnFault)), own);
    }

    private static string NameOf(SignInMethod method) => method switch
    {
        SignInMethod.Pap => "PAP",
        SignInMethod.Chap => "CHAP",
        SignInMethod.MsChap2 => "MS-CHAPv2",
        SignInMethod.Several => "several",
        _ => "none",
    };
}
