using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Gateway = NacGateway.TestKit.GatewayProcess;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>A router between a device and the far side: the gateway in mode Nftables with FreeRADIUS beside it, each in namespaces of its own.</summary>
internal sealed partial class Router : IAsyncDisposable
{
    private const int PortalPort = 8081;

    private readonly NetLab _lab;
    private readonly FreeRadiusServer _radius;
    private readonly Gateway _gateway;
    private readonly HttpClient _browser;

    private Router(NetLab lab, FreeRadiusServer radius, Gateway gateway)
    {
        (_lab, _radius, _gateway) = (lab, radius, gateway);
        var handler = Device.CreateHttpHandler(_ => lab.Gateway.IPv4);
        handler.AllowAutoRedirect = true;
        _browser = new HttpClient(handler) { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{lab.Gateway.IPv4}:{PortalPort}/")) };
    }

    /// <summary>Null where there can be one, else the reason why not.</summary>
    public static string? Missing => NetLab.Missing ?? (Component.Find("freeradius", "/usr/sbin/freeradius") is null ? "freeradius is not installed (tests/install installs it)" : null);

    public NetNamespace Device => _lab.Clients[0];

    public NetNamespace Internet => _lab.Internet;

    /// <summary>Starts all of it; the device is not signed in.</summary>
    public static async Task<Router> StartAsync(CancellationToken cancellationToken)
    {
        var lab = await NetLab.CreateAsync(1, cancellationToken);
        FreeRadiusServer? radius = null;
        Gateway? gateway = null;
        try
        {
            radius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { DoesAccounting = true }, cancellationToken, lab.Gateway);
            gateway = await Gateway.StartAsync(Settings(lab, radius), cancellationToken, lab.Gateway);
            return new Router(lab, radius, gateway);
        }
        catch
        {
            await (gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (radius?.DisposeAsync() ?? ValueTask.CompletedTask);
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the sign-in page and fills it in.</summary>
    /// <returns>What submits it; its task ends with the portal's answer.</returns>
    public async Task<Func<Task>> FillInAsync(CancellationToken cancellationToken)
    {
        var form = await FormAsync("/portal", [new("username", "alice"), new("password", "wonderland"), new("terms", "yes")], cancellationToken);
        return () => SubmitAsync("/portal/sign-in", form, "/portal/status", cancellationToken);
    }

    public async Task SignOutAsync(CancellationToken cancellationToken) =>
        await SubmitAsync("/portal/log-off", await FormAsync("/portal/status", [], cancellationToken), "/portal/bye", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _gateway.DisposeAsync();
        await _radius.DisposeAsync();
        await _lab.DisposeAsync();
    }

    /// <summary>The fields of a page's form: those typed, and the hidden ones as they are.</summary>
    private async Task<Dictionary<string, string>> FormAsync(string path, KeyValuePair<string, string>[] typed, CancellationToken cancellationToken)
    {
        var fields = typed.ToDictionary(StringComparer.Ordinal);
        foreach (Match hidden in HiddenField().Matches(await _browser.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken)))
        {
            fields.TryAdd(hidden.Groups["name"].Value, WebUtility.HtmlDecode(hidden.Groups["value"].Value));
        }

        return fields;
    }

    private async Task SubmitAsync(string path, Dictionary<string, string> fields, string leadsTo, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await _browser.PostAsync(new Uri(path, UriKind.Relative), form, cancellationToken);
        if (!answer.IsSuccessStatusCode || answer.RequestMessage!.RequestUri!.AbsolutePath != leadsTo)
        {
            throw new InvalidOperationException($"{path} led to {answer.RequestMessage!.RequestUri} with {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static Dictionary<string, string?> Settings(NetLab lab, FreeRadiusServer radius) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Gate:Listen"] = "[::]:8080",
        ["Portal:Listen"] = string.Create(CultureInfo.InvariantCulture, $"[::]:{PortalPort}"),
        ["Portal:PublicUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://{lab.Gateway.IPv4}:{PortalPort}"),
        ["Enforcement:Mode"] = "Nftables",
        ["Enforcement:LanInterfaces:0"] = lab.Gateway.Device,
        ["Radius:Servers:0:Name"] = "freeradius",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:AuthenticationPort"] = radius.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
        ["Radius:Servers:0:AccountingPort"] = radius.AccountingEndPoint.Port.ToString(CultureInfo.InvariantCulture),
        ["Radius:Servers:0:Secret"] = radius.Options.Secret,
    };

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
