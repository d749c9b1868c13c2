using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;
using NacGateway.Web.Portal.Pages;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>
/// Renders a page on the server and writes it in one piece. Pages that hold text of the request are sent uncompressed: compressing
/// them together with a token is what BREACH needs. The tokens are new in every response besides, so there is nothing to guess twice.
/// </summary>
internal sealed class PageWriter(IServiceProvider services, ILoggerFactory loggers)
{
    private const int SmallestWorthCompressing = 1024;

    public async Task WriteAsync(HttpContext context, PageContext page, PortalResult.Page result, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(await RenderAsync(page, result));
        var response = context.Response;
        response.StatusCode = result.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = page.Language.Tag;
        response.Headers.Vary = "Accept-Language, Accept-Encoding";
        if (result.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (!result.Reflects && body.Length >= SmallestWorthCompressing && AcceptsBrotli(context.Request))
        {
            response.Headers.ContentEncoding = "br";
            body = Compress(body);
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, cancellationToken);
        }
    }

    /// <summary>The page as text.</summary>
    public async Task<string> RenderAsync(PageContext page, PortalResult.Page result)
    {
        var parameters = new Dictionary<string, object?>(result.Parameters, StringComparer.Ordinal) { [nameof(PortalComponent.Context)] = page };
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync(result.Component, ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && (coding.Quality is null or > 0));

    private static byte[] Compress(byte[] body)
    {
        using var buffer = new MemoryStream(body.Length / 2);
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(body);
        }

        return buffer.ToArray();
    }
}
