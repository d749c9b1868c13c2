using System.Buffers.Text;
using System.Security.Cryptography;

namespace NacGateway.Web.Desk.Access;

/// <summary>The cookie of a sign-in. Over https its name binds it to this host and to TLS; browsers refuse one from a neighbour's name.</summary>
internal static class DeskCookie
{
    private const int TokenLength = 32;

    public static string Name(HttpRequest request) => request.IsHttps ? "__Host-nac-desk" : "nac-desk";

    /// <summary>The token of the request; null for none that could be one.</summary>
    public static byte[]? Read(HttpRequest request)
    {
        var text = request.Cookies[Name(request)];
        if (text is null || text.Length != Base64Url.GetEncodedLength(TokenLength))
        {
            return null;
        }

        var token = new byte[TokenLength];
        return Base64Url.TryDecodeFromChars(text, token, out var length) && length == TokenLength ? token : null;
    }

    /// <summary>A token that nobody can guess, and nobody but the browser is told.</summary>
    public static byte[] NewToken() => RandomNumberGenerator.GetBytes(TokenLength);

    public static void Write(HttpContext context, byte[] token, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name(context.Request), Base64Url.EncodeToString(token), Options(context.Request, expires));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, expires: null));

    /// <summary>Lax, not Strict: a link to a session in a ticket must not end at the sign-in. Nothing is changed by a GET, and a POST needs the form's token.</summary>
    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expires) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", Expires = expires, IsEssential = true };
}
