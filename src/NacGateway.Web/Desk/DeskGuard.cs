using System.Globalization;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Desk;

/// <summary>
/// Stands between routing and every route of the desk: says who asks, and whether he may. A route that does not say who may use it is
/// served to nobody.
/// </summary>
internal sealed class DeskGuard(IDeskAuthentication authentication, IDeskRefusals refusals)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            // Not a word about which paths there are to somebody unknown, but for the way to the sign-in.
            await refusals.NotFoundAsync(context);
            return;
        }

        if (endpoint is not RouteEndpoint)
        {
            // The framework's own answer to a method or a media type that no route of this path takes.
            await next(context);
            return;
        }

        var access = endpoint.Metadata.GetMetadata<DeskAccess>();
        if (access is { Right: null } || (access is { IsOpenLocally: true } && LocalVisitor.Is(context)))
        {
            await next(context);
            return;
        }

        if (await authentication.AuthenticateAsync(context, context.RequestAborted) is not { } user)
        {
            await RefuseAsync(context);
            return;
        }

        context.Features.Set(user);
        if (access is null || (access.Right is { } right and not DeskRight.None && !user.May(right)))
        {
            await refusals.ForbiddenAsync(context, user, DeskRights.With(access?.Right ?? DeskRight.None));
            return;
        }

        if (!await DeskOrigin.IsOwnAsync(context, user))
        {
            await refusals.ForeignAsync(context);
            return;
        }

        await next(context);
    }

    private Task RefuseAsync(HttpContext context)
    {
        if (context.Features.Get<KeyPause>() is not { } pause)
        {
            return refusals.SignInAsync(context);
        }

        context.Response.Headers.RetryAfter = pause.Until.ToString("R", CultureInfo.InvariantCulture);
        return refusals.DeclineAsync(context, StatusCodes.Status429TooManyRequests, "API keys from this address are paused", "Too many wrong ones came from it. Correct the program that sends them; a key that was good from there lately goes on.");
    }

    /// <summary>Every route says who may use it, or the desk does not start.</summary>
    public static void Demand(IEnumerable<Endpoint> endpoints)
    {
        if (endpoints.FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<DeskAccess>() is null) is { } open)
        {
            throw new InvalidOperationException($"Route {open.DisplayName} does not say who may use it: {nameof(DeskAccessConventions.RequireRight)}, {nameof(DeskAccessConventions.RequireSignIn)} or {nameof(DeskAccessConventions.AllowAnybody)}.");
        }
    }
}
