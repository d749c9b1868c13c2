using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>Finds out who asks: by the API key that is sent, else by the cookie of a sign-in. Who sends a key is never taken for his cookie.</summary>
internal sealed class DeskAuthentication(DeskSessions sessions, ApiKeys keys, KeyGuesses guesses, AccessTrail trail) : IDeskAuthentication
{
    private const string Scheme = "Bearer ";

    public async Task<DeskUser?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count == 0)
        {
            return await sessions.FindAsync(context, cancellationToken);
        }

        var source = SignInAttempt.Of(context).Source;
        var text = authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (guesses.Forbidden(text, source) is { } until)
        {
            context.Features.Set(new KeyPause(until));
            await trail.RefusedAsync("nobody", source, "An API key was not looked at: too many wrong ones came from there.", AccessTrail.Key);
            return null;
        }

        if (await keys.FindAsync(text, cancellationToken) is not { } key)
        {
            guesses.Fail(text, source);
            await trail.RefusedAsync("nobody", source, "An API key that is not known, or not valid any more.", AccessTrail.Key);
            return null;
        }

        guesses.Succeed(text, source);
        await keys.TouchAsync(key);
        return new DeskUser { Name = $"key {key.Name}", Role = key.Role, Source = source, IsKey = true };
    }
}
