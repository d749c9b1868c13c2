using System.Globalization;
using System.Net;
using NacGateway.TestKit;

namespace NacGateway.EndToEnd.Tests;

/// <summary>A whole network: RADIUS server, gateway, and a site behind the gate under any name.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly FreeRadiusServer? _radius;

    private Site(FreeRadiusServer? radius, Origin origin, GatewayProcess gateway)
        => (_radius, Origin, Gateway) = (radius, origin, gateway);

    public Origin Origin { get; }

    public GatewayProcess Gateway { get; }

    /// <summary>Starts all parts. The RADIUS server is a FreeRADIUS unless <paramref name="settings"/> name another.</summary>
    public static async Task<Site> StartAsync(CancellationToken cancellationToken, FreeRadiusOptions? radius = null, params IEnumerable<(string Key, string? Value)> settings)
    {
        List<(string Key, string? Value)> own = [.. settings];
        var server = own.Exists(setting => setting.Key == PortKey) ? null : await FreeRadiusServer.StartAsync(radius ?? new FreeRadiusOptions(), cancellationToken);
        Origin? origin = null;
        try
        {
            origin = await Origin.StartAsync(cancellationToken);
            var all = Defaults(origin);
            if (server is not null)
            {
                all[PortKey] = server.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
            }

            foreach (var (key, value) in own)
            {
                all[key] = value;
            }

            return new Site(server, origin, await GatewayProcess.StartAsync(all, cancellationToken));
        }
        catch
        {
            await DisposeAsync(origin, server);
            throw;
        }
    }

    /// <summary>The key of the RADIUS server's port.</summary>
    public const string PortKey = "Radius:Servers:0:AuthenticationPort";

    /// <summary>The settings that ask a RADIUS server at another place.</summary>
    public static (string Key, string? Value) RadiusAt(IPEndPoint server) => (PortKey, server.Port.ToString(CultureInfo.InvariantCulture));

    /// <summary>The setting that chooses how the password travels to the server, with the permission that MS-CHAPv2 needs.</summary>
    public static (string Key, string? Value)[] Method(string method)
        => [("Radius:Servers:0:Method", method), ("Radius:Servers:0:AllowMsChapOverUdp", method == "MsChapV2" ? "true" : null)];

    /// <summary>A person at 127.0.0.1, where all clients of these tests are.</summary>
    public Person Person() => new(Gateway.Portal, Gateway.Gate);

    /// <summary>Stops the RADIUS server under the gateway that uses it.</summary>
    public ValueTask StopRadiusAsync() => _radius?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await DisposeAsync(Origin, _radius);
    }

    private static async Task DisposeAsync(Origin? origin, FreeRadiusServer? radius)
    {
        if (origin is not null)
        {
            await origin.DisposeAsync();
        }

        if (radius is not null)
        {
            await radius.DisposeAsync();
        }
    }

    private static Dictionary<string, string?> Defaults(Origin origin) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Radius:Servers:0:Name"] = "radius-a",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:Secret"] = new FreeRadiusOptions().Secret,
        ["Radius:LoginBudget"] = "00:00:03",
        ["Accounting:Enabled"] = "false",
        ["Portal:OrganisationName"] = "Northwind",
        ["Portal:NetworkName"] = "northwind-guests",
        ["Portal:ServiceDesk"] = "+44 20 7946 0000",
        ["Portal:ContinueUrl"] = "http://site.test/",
        ["ReverseProxy:Routes:site:ClusterId"] = "site",
        ["ReverseProxy:Routes:site:Match:Path"] = "{**rest}",
        ["ReverseProxy:Clusters:site:Destinations:origin:Address"] = origin.Url.AbsoluteUri,
    };
}
