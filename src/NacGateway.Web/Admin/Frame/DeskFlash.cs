using NacGateway.Web.Api.Frame;

namespace NacGateway.Web.Admin.Frame;

/// <summary>
/// The result of an action that was sent without script: a sentence that the next page shows once. It travels in a cookie of its own, which
/// only this listener sets and no script reads; whatever stands in it is shown as plain text.
/// </summary>
internal static class DeskFlash
{
    private const string Cookie = "desk-result";
    private const int MaxLength = 500;

    /// <summary>Between the sentence and the way back; neither holds one as they are written.</summary>
    private const char Between = '|';

    /// <summary>The one kind of way back there is: whoever plants a cookie must not have a button of his own in the page.</summary>
    private const string UndoPath = "/me/views/restore?id=";

    /// <summary>Answers 303 to a page of the desk, which says <paramref name="message"/>, and offers to take it back where there is a way.</summary>
    public static void Redirect(HttpContext context, string path, string message, string? undo = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(message);
        var text = message.Length <= MaxLength ? message : message[..(MaxLength - 1)] + "…";
        context.Response.Cookies.Append(Cookie, Uri.EscapeDataString(text) + (undo is null ? "" : Between + Uri.EscapeDataString(undo)), Options(context, TimeSpan.FromMinutes(1)));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    /// <summary>Leads to a page of the desk, which says <paramref name="message"/>: a browser by 303, a script by the member <c>next</c> of the answer.</summary>
    public static Task LeadAsync(HttpContext context, string path, string message)
    {
        Redirect(context, path, message);
        if (!DeskRefusals.IsProgram(context))
        {
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.Headers.Remove("Location");
        return context.Response.WriteAsJsonAsync(new { ok = 1, message, next = path }, ApiJson.Options, CancellationToken.None);
    }

    /// <summary>The result for this page, which no other page says again; null for none.</summary>
    public static DeskResult? Take(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } kept)
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, Options(context, TimeSpan.Zero));
        var parts = kept.Split(Between, 2);
        var text = Uri.UnescapeDataString(parts[0]);
        var undo = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null;
        return text.Length > MaxLength ? null : new DeskResult(text, IsUndo(undo) ? undo : null);
    }

    private static bool IsUndo(string? path) =>
        path is not null && path.StartsWith(UndoPath, StringComparison.Ordinal) && path.Length - UndoPath.Length is > 0 and < 20 && path.AsSpan(UndoPath.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static CookieOptions Options(HttpContext context, TimeSpan age) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = age,
    };
}
