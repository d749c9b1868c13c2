using System.Net;

namespace NacGateway.Web.Hosting.Demo;

/// <summary>The site behind the gate: a page of its own server, so that what a signed-in visitor sees has really been forwarded.</summary>
internal sealed class DemoOrigin : IAsyncDisposable
{
    private readonly WebApplication _site;

    private DemoOrigin(WebApplication site, int port)
    {
        _site = site;
        Url = new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri;
    }

    public Uri Url { get; }

    public static async Task<DemoOrigin> StartAsync(Uri statusPage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statusPage);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "nacgateway-demo-origin" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, 0);
        });
        var site = builder.Build();
        site.Run(context => AnswerAsync(context, statusPage));
        await site.StartAsync(cancellationToken);
        var port = new Uri(site.Urls.Single()).Port;
        return new DemoOrigin(site, port);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, Uri statusPage)
    {
        var response = context.Response;
        response.Headers["X-Demo-Origin"] = "reached";
        if (context.Request.Path != "/")
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.ContentType = "text/plain; charset=utf-8";
            return response.WriteAsync("The demo's site has one page only: /\n", context.RequestAborted);
        }

        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return response.WriteAsync(Page.Replace("{status}", WebUtility.HtmlEncode(statusPage.AbsoluteUri), StringComparison.Ordinal), context.RequestAborted);
    }

    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>You are online - demo site</title>
        <style>
        :root { --ink: #16302b; --paper: #f3f7f4; --card: #fff; --accent: #0b6b53; --soft: #4a625c }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6f0ec; --paper: #101816; --card: #18231f; --accent: #6fd3b3; --soft: #a9beb7 } }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif }
        main { max-width: 34rem; margin: 1.5rem; padding: 2.5rem; background: var(--card); border-radius: 1rem; border-block-start: .4rem solid var(--accent) }
        h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2 }
        p { margin: .75rem 0; color: var(--soft) }
        a { color: var(--accent); font-weight: 600 }
        ol { padding-inline-start: 1.25rem; color: var(--soft) }
        </style>
        </head>
        <body>
        <main>
        <h1>You are online.</h1>
        <p>This page comes from the demo's own site behind the gate. You see it because your session is open.</p>
        <ol>
        <li>The gate answered 511 until you had signed in.</li>
        <li>The portal asked the RADIUS server about you, and it accepted.</li>
        <li>From then on the gate forwards, and counts.</li>
        </ol>
        <p><a href="{status}">Your session: time left, and log off</a></p>
        </main>
        </body>
        </html>
        """;
}
