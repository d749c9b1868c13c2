using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>A small RADIUS server: PAP, CHAP, MS-CHAPv2, a second step, rejections, reply attributes.</summary>
public sealed class AaaServer : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private readonly AaaServerSettings _settings;
    private readonly RadiusServer _server;
    private readonly OpenChallenges _challenges;

    private AaaServer(AaaServerSettings settings, TimeProvider time, ILogger? logger)
    {
        _settings = settings;
        _challenges = new OpenChallenges(time);
        _server = new RadiusServer(new RadiusListenerSettings { Listen = settings.Authentication, Nas = settings.Nas }, Handle, time, logger);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint AuthenticationEndPoint => _server.EndPoint;

    /// <summary>Starts answering.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public static AaaServer Start(AaaServerSettings settings, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        var server = new AaaServer(settings, time, logger);
        server._server.Start();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(s_grace);
        await _server.DisposeAsync();
    }

    private ValueTask<RadiusPacket?> Handle(RadiusRequestContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Code is not (RadiusCode.AccessRequest or RadiusCode.StatusServer))
        {
            return ValueTask.FromResult<RadiusPacket?>(null);
        }

        var name = context.Request.UserName ?? string.Empty;
        var (reply, method, reason) = context.Request.Code == RadiusCode.StatusServer
            ? (context.CreateReply(RadiusCode.AccessAccept), "none", "status")
            : Decide(context, name);
        _settings.OnAnswered?.Invoke(new AaaEvent(context.Source, name, method, reply.Code, reason));
        return ValueTask.FromResult<RadiusPacket?>(reply);
    }

    private (RadiusPacket Reply, string Method, string Reason) Decide(RadiusRequestContext context, string name)
    {
        if (context.Request.State is { } state)
        {
            var challenged = _challenges.Take(state.Span, context.Nas.Name, name);
            return challenged is not null && PapMatches(context, challenged.OneTimeCode)
                ? (Accept(context, challenged), "challenge answer", "code is right")
                : (Reject(context, null), "challenge answer", challenged is null ? "no such challenge" : "wrong code");
        }

        var user = _settings.Users.Find(name);
        var (method, matches) = Verify(context, name, user?.Password);
        if (user is null)
        {
            return (Reject(context, null, method), method, "unknown user");
        }

        if (user.Rejected)
        {
            return (Reject(context, user.RejectMessage), method, "rejected whatever the password");
        }

        if (!matches)
        {
            return (Reject(context, null, method), method, "wrong password");
        }

        if (user.PasswordExpired)
        {
            return (Reject(context, null, method, MsChapErrorCode.PasswordExpired), method, "password expired");
        }

        return user.OneTimeCode is null ? (Accept(context, user), method, "password is right") : (Challenge(context, user), method, "password is right, code asked for");
    }

    private static (string Method, bool Matches) Verify(RadiusRequestContext context, string name, string? password)
    {
        var request = context.Request;
        var octets = password is null ? [] : Encoding.UTF8.GetBytes(password);
        if (request.Attributes.CountOf(RadiusAttributeType.UserPassword) > 0)
        {
            return ("PAP", PapMatches(context, password));
        }

        if (request.Attributes.CountOf(RadiusAttributeType.ChapPassword) > 0)
        {
            // The digest is computed for unknown users too: the time to answer must not tell who exists.
            return ("CHAP", request.VerifyChapPassword(octets) & password is not null);
        }

        return request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out _)
            ? ("MS-CHAPv2", request.VerifyMsChap2Response(Encoding.UTF8.GetBytes(name), octets) & password is not null)
            : ("none", false);
    }

    private static bool PapMatches(RadiusRequestContext context, string? expected)
    {
        Span<byte> typed = stackalloc byte[128];
        var readable = context.Request.TryGetUserPassword(context.Nas.Secret.Span, typed, out var length);
        Span<byte> left = stackalloc byte[32];
        Span<byte> right = stackalloc byte[32];

        // Digests, so that neither the length nor a common beginning shows in the time.
        SHA256.HashData(typed[..(readable ? length : 0)], left);
        SHA256.HashData(Encoding.UTF8.GetBytes(expected ?? string.Empty), right);
        CryptographicOperations.ZeroMemory(typed);
        return readable & expected is not null & CryptographicOperations.FixedTimeEquals(left, right);
    }

    private static RadiusPacket Accept(RadiusRequestContext context, AaaUser user)
    {
        var reply = context.CreateReply(RadiusCode.AccessAccept);
        if (context.Request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out _))
        {
            reply.AddMsChap2Success(context.Request, Encoding.UTF8.GetBytes(context.Request.UserName ?? string.Empty), Encoding.UTF8.GetBytes(user.Password ?? string.Empty));
        }

        foreach (var item in user.Reply)
        {
            item.AddTo(reply.Attributes, context.Nas.Secret.Span, context.Request.Authenticator);
        }

        return reply;
    }

    private static RadiusPacket Reject(RadiusRequestContext context, string? message, string method = "none", MsChapErrorCode code = MsChapErrorCode.AuthenticationFailure)
    {
        var reply = context.CreateReply(RadiusCode.AccessReject);
        if (method == "MS-CHAPv2" && context.Request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out var response) && response.Length > 0)
        {
            var error = new MsChapError { Ident = response[0], Code = code, RetryAllowed = code == MsChapErrorCode.AuthenticationFailure, Challenge = RandomNumberGenerator.GetBytes(16), Version = 3 };
            reply.Attributes.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapError, error.Format());
        }

        if (message is not null)
        {
            reply.Attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes(message));
        }

        return reply;
    }

    private RadiusPacket Challenge(RadiusRequestContext context, AaaUser user)
    {
        var reply = context.CreateReply(RadiusCode.AccessChallenge);
        reply.Attributes.Add(RadiusAttributeType.State, _challenges.Open(context.Nas.Name, user));
        reply.Attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes(user.Question));
        reply.Prompt = user.Echo ? Prompt.Echo : Prompt.NoEcho;
        return reply;
    }
}
