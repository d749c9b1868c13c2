using System.Globalization;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NacGateway.Web.Gate;

/// <summary>Draws the gate's answers in their three forms. Runs once per answer, not per request.</summary>
internal static class GatePage
{
    private const string Style =
        """
        :root{color-scheme:light dark;--bg:#f5f7f8;--surface:#fff;--border:#d6dde2;--text:#14202b;--text-2:#485866;--accent:#0a6b62;--ink:#fff;--focus:#0b57d0}
        @media (prefers-color-scheme:dark){:root{--bg:#0e1419;--surface:#151d24;--border:#2b3742;--text:#e6edf2;--text-2:#a6b4c0;--accent:#4fd1c0;--ink:#04211d;--focus:#9ec5ff}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--bg);color:var(--text);font:16px/24px system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        main{width:100%;max-width:440px;padding:24px;background:var(--surface);border:1px solid var(--border);border-radius:10px}
        h1{margin:0 0 12px;font-size:26px;line-height:32px;font-weight:650}
        p{margin:0 0 16px}
        .from,.code{color:var(--text-2);font-size:14px;line-height:20px}
        .code{margin:0}
        .go{display:block;min-height:52px;padding:14px 16px;border-radius:6px;background:var(--accent);color:var(--ink);font-weight:600;text-align:center;text-decoration:none}
        .go:focus-visible{outline:3px solid var(--focus);outline-offset:3px}
        bdi{overflow-wrap:anywhere}
        """;

    private static readonly ResourceManager Texts = new("NacGateway.Web.Gate.GateTexts", typeof(GatePage).Assembly);

    /// <summary>Nothing may load or run, the page may not be framed, and a form in it could not be sent.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The body of an answer.</summary>
    public static byte[] Draw(AnswerKind kind, AnswerFormat format, AnswerLanguage language, int status, string phrase, Uri? portal)
    {
        var culture = Culture(language);
        var title = Text(kind + "Title", culture);
        var body = Text(kind + "Body", culture);
        var origin = Text("Origin", culture);
        return format switch
        {
            AnswerFormat.Html => Html(kind, culture, new(title, body, origin), $"{status} {phrase}", portal),
            AnswerFormat.Json => Json(new(title, body, origin), status, phrase, portal),
            _ => Encoding.UTF8.GetBytes($"{title}\n\n{origin}\n{body}\n{(portal is null ? string.Empty : $"\n{portal.AbsoluteUri}\n")}\n{status} {phrase}\n"),
        };
    }

    /// <summary>The language tag that goes into Content-Language.</summary>
    public static CultureInfo Culture(AnswerLanguage language) => CultureInfo.GetCultureInfo(language switch
    {
        AnswerLanguage.De => "de",
        AnswerLanguage.Ar => "ar",
        _ => "en",
    });

    private static byte[] Html(AnswerKind kind, CultureInfo culture, Wording text, string code, Uri? portal)
    {
        var encoder = HtmlEncoder.Default;
        var direction = culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";
        var url = portal is null ? null : encoder.Encode(portal.AbsoluteUri);
        var page = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{culture.Name}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        if (url is not null)
        {
            // RFC 6585 section 6 shows the refresh in its own example; a login view gets to the portal without a tap.
            page.Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"0; url={url}\">\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<title>{encoder.Encode(text.Title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{encoder.Encode(text.Title)}</h1>\n<p class=\"from\">{encoder.Encode(text.Origin)}</p>\n<p>{encoder.Encode(text.Body)}</p>\n");
        if (url is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p><a class=\"go\" href=\"{url}\">{encoder.Encode(Text("OpenPortal", culture))}</a></p>\n")
                .Append(CultureInfo.InvariantCulture, $"<p class=\"from\"><bdi>{url}</bdi></p>\n");
        }

        // A redirect is no error of the person's, so its number is left out.
        if (kind != AnswerKind.Redirect)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"code\"><bdi>{code}</bdi></p>\n");
        }

        return Encoding.UTF8.GetBytes(page.Append("</main>\n</body>\n</html>\n").ToString());
    }

    private static byte[] Json(Wording text, int status, string phrase, Uri? portal)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteString("type", status == 511 ? "https://www.rfc-editor.org/rfc/rfc6585#section-6" : "about:blank");
            json.WriteString("title", phrase);
            json.WriteNumber("status", status);
            json.WriteString("detail", $"{text.Title}. {text.Origin} {text.Body}");
            if (portal is not null)
            {
                json.WriteString("user-portal-url", portal.AbsoluteUri);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Text(string key, CultureInfo culture) =>
        Texts.GetString(key, culture) ?? throw new InvalidOperationException($"GateTexts has no entry '{key}'.");

    private readonly record struct Wording(string Title, string Body, string Origin);
}
