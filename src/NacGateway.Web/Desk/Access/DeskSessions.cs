using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>Finds the administrator behind a cookie. Safe for concurrent use.</summary>
internal sealed class DeskSessions(AdminSessions sessions, AdminPreferences preferences, IOptions<AdminOptions> options, TimeProvider time)
{
    /// <summary>Header of what a page asks for by itself: it says nothing about whether somebody is there.</summary>
    public const string Unattended = "X-Unattended";

    /// <summary>Who is signed in; null for nobody, and for whom the time is over.</summary>
    public async Task<DeskUser?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (DeskCookie.Read(context.Request) is not { } token || await sessions.FindAsync(SHA256.HashData(token), cancellationToken) is not { } session)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (session.ExpiresAt <= now || IdleEnd(session) <= now)
        {
            return null;
        }

        if (IsAttended(context.Request) && now - session.SeenAt >= AdminSessions.SeenTo)
        {
            session.SeenAt = now;
            await sessions.TouchAsync(session, now);
        }

        return new DeskUser
        {
            Name = session.Name,
            Role = session.Role,
            Source = SignInAttempt.Of(context).Source,
            FormToken = Base64Url.EncodeToString(HMACSHA256.HashData(token, "form"u8)),
            Preferences = await preferences.OfAsync(session.Name, cancellationToken),
            Session = session,
            EndsAt = IdleEnd(session) < session.ExpiresAt ? IdleEnd(session) : session.ExpiresAt,
        };
    }

    /// <summary>How forms and the API name a sign-in: by the hash of its token, from which nobody gets to the token.</summary>
    public static byte[]? ReadId(string text) =>
        text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    /// <summary>Those who are signed in now.</summary>
    public Task<IReadOnlyList<AdminSession>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return sessions.ListAsync(now - options.Value.IdleTimeout, now, cancellationToken);
    }

    public Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return sessions.PruneAsync(now - options.Value.IdleTimeout, now, cancellationToken);
    }

    /// <summary>Whether a request says that somebody is there: a live feed goes on, and comes again by itself, while nobody looks at it.</summary>
    private static bool IsAttended(HttpRequest request) =>
        !request.Path.StartsWithSegments("/live", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/api/v1/events", StringComparison.Ordinal) && !request.Headers.ContainsKey(Unattended);

    private DateTimeOffset IdleEnd(AdminSession session) => session.SeenAt + options.Value.IdleTimeout;
}
