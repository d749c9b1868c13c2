using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Web.Desk.Access;

/// <summary>
/// Ties the sign-in form to the browser that asked for it, before anybody is signed in: without it another site could sign a visitor in as
/// somebody else. The cookie is worth nothing but the form's token.
/// </summary>
internal static class SignInForm
{
    private const int Octets = 16;

    private static string CookieName(HttpRequest request) => request.IsHttps ? "__Host-nac-sign-in" : "nac-sign-in";

    /// <summary>The token for a form of this response; gives the browser its cookie where it has none.</summary>
    public static string Issue(HttpContext context)
    {
        if (Read(context.Request) is not { } cookie)
        {
            cookie = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));
            context.Response.Cookies.Append(CookieName(context.Request), cookie, new CookieOptions { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        }

        return Token(cookie);
    }

    /// <summary>Whether a form was made for this browser, and sent by a page of the desk as far as the browser says.</summary>
    public static bool IsOwn(HttpRequest request, string token)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            || (request.Headers.Origin.ToString() is { Length: > 0 } origin and not "null" && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !Authority(request).Equals(from.Authority, StringComparison.OrdinalIgnoreCase))))
        {
            return false;
        }

        return Read(request) is { } cookie && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(cookie)));
    }

    private static string? Read(HttpRequest request) =>
        request.Cookies[CookieName(request)] is { } cookie && cookie.Length == Base64Url.GetEncodedLength(Octets) && Base64Url.IsValid(cookie) ? cookie : null;

    private static string Token(string cookie) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(cookie), "sign-in form"u8));

    private static string Authority(HttpRequest request) => Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var uri) ? uri.Authority : "";
}
