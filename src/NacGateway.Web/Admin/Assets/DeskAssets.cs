using System.Text;
using Microsoft.Net.Http.Headers;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Admin.Assets;

/// <summary>
/// Style sheet, script and icon of the desk, served from memory under names that hold their hash. The script is missing where the gateway
/// was built without Node: <see cref="ScriptPath"/> is null then, and every page works as links and forms.
/// </summary>
internal static class DeskAssets
{
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly AssetFile Style = new("desk", "css", "text/css; charset=utf-8", Encoding.UTF8.GetBytes(DeskStyle.Css));
    private static readonly AssetFile? Script = DeskResources.Read("desk/bundle.js") is { } content ? new("desk", "js", "text/javascript; charset=utf-8", content) : null;
    private static readonly AssetFile Icon = new("icon", "svg", "image/svg+xml", Encoding.UTF8.GetBytes(DeskResources.Text("desk/icon.svg")));
    private static readonly AssetFile[] All = Script is null ? [Style, Icon] : [Style, Script, Icon];

    /// <summary>Path of the style sheet.</summary>
    public static string StylePath => Style.Path;

    /// <summary>Path of the script, an ES module; null where the build had no Node.</summary>
    public static string? ScriptPath => Script?.Path;

    /// <summary>Path of the icon.</summary>
    public static string IconPath => Icon.Path;

    /// <summary>Names this set of assets: a page that was loaded with another one is out of date.</summary>
    public static string Version { get; } = string.Concat(All.Select(asset => asset.ETag.Trim('"')[..4]));

    /// <summary>Adds the assets' endpoints. They hold nothing of anybody's: a page before sign-in needs them too.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in All)
        {
            routes.MapMethods(asset.Path, [HttpMethods.Get, HttpMethods.Head], context => AnswerAsync(context, asset)).AllowAnybody().ExcludeFromDescription();
        }
    }

    private static Task AnswerAsync(HttpContext context, AssetFile asset)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = Forever;
        headers.ETag = asset.ETag;
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known && known.Any(tag => tag.Tag == asset.ETag || tag.Tag == "*"))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var coding = Coding(context.Request);
        var content = asset.In(coding);
        if (coding is not null)
        {
            headers.ContentEncoding = coding;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static string? Coding(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings))
        {
            return null;
        }

        return Accepts("br") ? "br" : Accepts("gzip") ? "gzip" : null;

        bool Accepts(string name) => codings.Any(coding => coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);
    }
}
