using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Aaa.Accounting;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>A small RADIUS server: PAP, CHAP, MS-CHAPv2, a second step, rejections, reply attributes, accounting.</summary>
public sealed class AaaServer : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private readonly AaaServerSettings _settings;
    private readonly AaaListeners _listeners;
    private readonly AccountingDesk _desk;
    private readonly OpenChallenges _challenges;

    private AaaServer(AaaServerSettings settings, TimeProvider time, ILogger? logger)
    {
        _settings = settings;
        _challenges = new OpenChallenges(time);
        _desk = new AccountingDesk(settings, Book, time, logger);
        _listeners = AaaListeners.Open(settings, new AaaHandlers(Authenticate, Account, HandleTls), time, logger);
    }

    /// <summary>Where it listens for authentication.</summary>
    public IPEndPoint AuthenticationEndPoint => _listeners.Authentication.EndPoint;

    /// <summary>Where it listens for accounting; null when it does not.</summary>
    public IPEndPoint? AccountingEndPoint => _listeners.Accounting?.EndPoint;

    /// <summary>Where it listens for RadSec; null when it does not.</summary>
    public IPEndPoint? TlsEndPoint => _listeners.Tls?.EndPoint;

    /// <summary>What has been answered and dropped so far at the port for authentication.</summary>
    public RadiusServerCounters Counters => _listeners.Authentication.Counters;

    /// <summary>What has been answered and dropped so far at the port for accounting; null when there is none.</summary>
    public RadiusServerCounters? AccountingCounters => _listeners.Accounting?.Counters;

    /// <summary>The sessions that were reported, by UDP and by RadSec.</summary>
    public AccountingBook Book { get; } = new();

    /// <summary>Starts answering.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public static AaaServer Start(AaaServerSettings settings, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        var server = new AaaServer(settings, time, logger);
        server._listeners.Start();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _listeners.StopAsync(s_grace);

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
        return Answered(reply);
    }

    private (RadiusPacket Reply, string Method, string Reason) Decide(RadiusRequestContext context, string name)
    {
        var method = Credentials.MethodOf(context.Request);
        return context.Request.State is { } state ? Answer(context, name, state, method) : SignIn(context, name, method);
    }

    private (RadiusPacket Reply, string Method, string Reason) Answer(RadiusRequestContext context, string name, ReadOnlyMemory<byte> state, SignInMethod method)
    {
        const string Name = "challenge answer";
        var challenged = _challenges.Take(state.Span, context.Source.Address, name);

        // The answer stands in User-Password whatever the first step was (RFC 2865 section 4.4).
        var proven = Credentials.Prove(context, method == SignInMethod.Pap ? method : SignInMethod.None, challenged?.OneTimeCode);
        return proven
            ? (Replies.Accept(context, method, proven, challenged!), Name, "code is right")
            : (Replies.Reject(context, method), Name, challenged is null ? "no such challenge" : "wrong code");
    }

    private (RadiusPacket Reply, string Method, string Reason) SignIn(RadiusRequestContext context, string name, SignInMethod method)
    {
        var user = _settings.Users.Find(name, context.Request.Attributes);
        var proven = Credentials.Prove(context, method, user?.Password);
        var (reply, reason) = user switch
        {
            { Rejected: true } => (Replies.Reject(context, method, MsChapErrorCode.AccountDisabled, user), "rejected whatever the password"),
            { Accepted: true } => (Replies.Accept(context, method, proven, user), "accepted whatever the password"),
            _ when method == SignInMethod.Several => (Replies.Reject(context, method), "several methods in one request"),
            null => (Replies.Reject(context, method), "unknown user"),
            _ when !proven => (Replies.Reject(context, method), "wrong password"),
            { PasswordExpired: true } => (Replies.Reject(context, method, MsChapErrorCode.PasswordExpired, user), "password expired"),
            { OneTimeCode: not null } => (Replies.Challenge(context, user, _challenges.Open(context.Source.Address, name, user)), "password is right, code asked for"),
            _ => (Replies.Accept(context, method, proven, user), "password is right"),
        };
        return (reply, NameOf(method), reason);
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
