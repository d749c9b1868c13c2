using System.Data.Common;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Frame;

/// <summary>Renders pages of the desk on the server: the whole, or the one region that <c>X-Partial</c> asks for.</summary>
internal sealed class DeskViews(IServiceProvider services, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>Header by which the enhancer asks for a region alone.</summary>
    public const string Partial = "X-Partial";

    private const int SmallestWorthCompressing = 1024;

    public async Task WriteAsync(HttpContext context, DeskView view)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(view);
        var part = context.Request.Headers[Partial].ToString() is { Length: > 0 } region ? view.Regions.GetValueOrDefault(region) : null;
        var desk = new DeskContext
        {
            User = context.Features.Get<DeskUser>(),
            Path = context.Request.Path.Value ?? "/",
            Query = context.Request.QueryString.Value ?? "",
            Now = time.GetUtcNow(),
            Views = part is null && view.Keeps is { } list ? await ShelfAsync(context, list) : null,
        };
        var response = context.Response;
        response.StatusCode = view.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.Vary = $"{Partial}, Cookie, Accept-Encoding";
        response.Headers.ContentLanguage = "en";
        var html = part is not null
            ? await RenderAsync(typeof(DeskPart), new Dictionary<string, object?>(StringComparer.Ordinal) { ["Context"] = desk, ["Part"] = part, ["Model"] = view.Model })
            : await RenderAsync(typeof(DeskLayout), new Dictionary<string, object?>(StringComparer.Ordinal) { ["Context"] = desk, ["View"] = view, ["Flash"] = DeskFlash.Take(context) });
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (html.Length < SmallestWorthCompressing || !AcceptsBrotli(context.Request))
        {
            await response.WriteAsync(html, context.RequestAborted);
            return;
        }

        // A page may repeat what its address says: nothing that is secret may stand unmasked beside it (FormMask).
        response.Headers.ContentEncoding = "br";
        await using var compressed = new BrotliStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await compressed.WriteAsync(Encoding.UTF8.GetBytes(html), context.RequestAborted);
    }

    /// <summary>A page of a list that could not be read has its own words for it.</summary>
    private async Task<ViewShelf?> ShelfAsync(HttpContext context, string list)
    {
        try
        {
            return await services.GetRequiredService<ViewKeeping>().ShelfAsync(context, list);
        }
        catch (DbException)
        {
            return null;
        }
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);

    private async Task<string> RenderAsync(Type component, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
