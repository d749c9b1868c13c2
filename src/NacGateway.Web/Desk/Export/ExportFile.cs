using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace NacGateway.Web.Desk.Export;

/// <summary>Prepares an answer that is a file: its type, and a name with the time in it.</summary>
internal static class ExportFile
{
    /// <summary>Says what comes; the caller then writes to the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What is in it, such as "sessions".</param>
    /// <param name="extension">"csv" or "json".</param>
    /// <param name="mediaType">Its type.</param>
    /// <param name="now">When it was taken.</param>
    public static void Begin(HttpContext context, string what, string extension, string mediaType, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        context.Response.ContentType = $"{mediaType}; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{what}-{time}.{extension}\"";

        // Whoever reads slower than the database holds up the database's reading, and nothing piles up between.
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
