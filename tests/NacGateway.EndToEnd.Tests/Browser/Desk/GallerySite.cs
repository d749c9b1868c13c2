using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Assets;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Tests.Admin.Kit;

namespace NacGateway.EndToEnd.Tests.Browser.Desk;

/// <summary>
/// The desk's frame, headers and assets around the gallery of its components, with a feed and answers that the test decides: what a
/// browser does with them is seen here without a gateway behind.
/// </summary>
internal sealed class GallerySite : IAsyncDisposable
{
    private const string Token = "a-token-for-forms";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<Channel<string>, byte> _feeds = new();
    private int _feedsOpened;

    private GallerySite(WebApplication app) => _app = app;

    /// <summary>The gallery.</summary>
    public Uri Page => new(new Uri(_app.Urls.First()), "/gallery");

    /// <summary>Preferences of who looks.</summary>
    public ConcurrentDictionary<string, string> Preferences { get; } = new(StringComparer.Ordinal);

    /// <summary>Regions that were asked for alone, in order; "" for a whole page.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What was posted: the path and the form.</summary>
    public ConcurrentQueue<(string Path, IFormCollection Form)> Posted { get; } = new();

    /// <summary>The answer to what is posted with script.</summary>
    public object Reply { get; set; } = new { ok = 1, failed = Array.Empty<object>(), message = "Done." };

    /// <summary>Status of the next answers to what is read; 200 for the page.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>Feeds that are open now.</summary>
    public int OpenFeeds => _feeds.Count;

    /// <summary>Feeds that were opened so far.</summary>
    public int FeedsOpened => Volatile.Read(ref _feedsOpened);

    public static async Task<GallerySite> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var site = new GallerySite(app);
        app.Use(next => context =>
        {
            DeskHeaders.Apply(context);
            context.Features.Set(new DeskUser { Name = "k.ito", Role = DeskRole.Administrator, Source = IPAddress.Loopback, FormToken = Token, Preferences = site.Preferences });
            return next(context);
        });
        DeskAssets.Map(app);
        app.MapGet("/gallery", site.ShowAsync);
        app.MapGet("/gallery/{id}", (string id) => Results.Text($"Session {id}"));
        app.MapPost("/gallery/{act}", site.ActAsync).DisableAntiforgery();
        app.MapGet("/live/gallery", site.FeedAsync);
        await app.StartAsync(cancellationToken);
        return site;
    }

    /// <summary>Sends an event to every open feed.</summary>
    public void Send(string kind, string json)
    {
        foreach (var feed in _feeds.Keys)
        {
            feed.Writer.TryWrite($"event: {kind}\ndata: {json}\n\n");
        }
    }

    /// <summary>Breaks all feeds.</summary>
    public void CutFeeds()
    {
        foreach (var feed in _feeds.Keys)
        {
            feed.Writer.TryComplete();
        }
    }

    public async ValueTask DisposeAsync()
    {
        CutFeeds();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private Task ShowAsync(HttpContext context)
    {
        Asked.Enqueue(context.Request.Headers[DeskViews.Partial].ToString());
        var views = new DeskViews(context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>(), TimeProvider.System);
        return Status == StatusCodes.Status200OK
            ? views.WriteAsync(context, new DeskView
            {
                Title = "Gallery",
                Page = typeof(GalleryPage),
                Model = GalleryModel.Of(context.Request),
                Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["sessions"] = typeof(GalleryTable) },
                Live = "/live/gallery",
            })
            : views.WriteAsync(context, new DeskView { Title = "Trouble", Page = typeof(RefusalPage), Model = new Refusal("The database does not answer", "Nothing was changed.", "7K2-91F"), Status = Status });
    }

    private async Task ActAsync(HttpContext context, string act)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Posted.Enqueue((context.Request.Path, form));
        if (!FormMask.IsOf(form["csrf"].ToString(), Token) && !FormMask.IsOf(context.Request.Headers["X-CSRF"].ToString(), Token))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (context.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal))
        {
            await context.Response.WriteAsJsonAsync(Reply, context.RequestAborted);
            return;
        }

        DeskFlash.Redirect(context, "/gallery", $"{act}: {form["id"].Count} done.");
    }

    private async Task FeedAsync(HttpContext context)
    {
        var feed = Channel.CreateBounded<string>(1000);
        _feeds[feed] = 0;
        Interlocked.Increment(ref _feedsOpened);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"retry: 200\nevent: hello\ndata: {{\"build\":\"{DeskAssets.Version}\"}}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var text in feed.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(text, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _feeds.TryRemove(feed, out _);
        }
    }
}
