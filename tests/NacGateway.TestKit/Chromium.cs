using Microsoft.Playwright;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.TestKit;

/// <summary>
/// Debian's Chromium, headless, driven by Playwright; nothing is downloaded. Made for an assembly fixture; it starts when the first test
/// opens a visitor. Safe for concurrent use.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly NetNamespace? _inside;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private TemporaryFolder? _folder;

    /// <summary>A browser of this machine's network.</summary>
    public Chromium()
    {
    }

    private Chromium(NetNamespace inside) => _inside = inside;

    /// <summary>A browser of its own inside a network namespace; it is the caller's to dispose.</summary>
    public static Chromium Inside(NetNamespace inside) => new(inside);

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A person with a browser of his own: no cookie, cache or history is shared. Skips or fails the running test when Chromium is not installed.</summary>
    public async Task<Visitor> OpenAsync(VisitorOptions options, CancellationToken cancellationToken)
    {
        var browser = await BrowserAsync(cancellationToken);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = options.JavaScript,
            IgnoreHTTPSErrors = options.AnyCertificate,
            Locale = options.Language,
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            Proxy = options.Proxy is null ? null : new Proxy { Server = options.Proxy, Bypass = "127.0.0.1" },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return await Visitor.CreateAsync(context, options);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> BrowserAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var path = Component.Require("chromium", "chromium", "/usr/bin/chromium");
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = _inside is null ? path : Starter(_inside, path),
                Headless = true,
                ChromiumSandbox = false, // The tests run as root in a container, where the sandbox cannot start.
                Args = Flags,
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Playwright starts a file; this one becomes Chromium inside, and keeps the pipes by which it is driven.</summary>
    private string Starter(NetNamespace inside, string path)
    {
        _folder ??= new TemporaryFolder("chromium");
        var file = _folder.Write("chromium-inside", $"#!/bin/sh\nexec '{NetLab.Ip}' netns exec '{inside.Name}' '{path}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }
}
