namespace NacGateway.Web.Hosting.Demo;

/// <summary>What the demo was asked for, and the settings that follow from it.</summary>
internal sealed class DemoSettings
{
    private const string DatabaseFile = "nacgateway.db";
    private const string KeyFile = "desk.key";

    public required DirectoryInfo Folder { get; init; }

    public bool Fresh { get; init; }

    public bool FreePorts { get; init; }

    /// <summary>Settings from the command line, which win over the demo's own.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Removes the demo's own files, and only those: the folder may be one that a person chose.</summary>
    public void Forget()
    {
        foreach (var file in Folder.EnumerateFiles(DatabaseFile + "*").Concat(Folder.EnumerateFiles(KeyFile)))
        {
            file.Delete();
        }
    }

    public IEnumerable<KeyValuePair<string, string?>> Settings(DemoPorts ports, Uri origin, DemoAaa aaa)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(aaa);
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(Folder.FullName, DatabaseFile)}",
            ["Gate:Listen"] = $"127.0.0.1:{ports.Gate}",
            ["Portal:Listen"] = $"127.0.0.1:{ports.Portal}",
            ["Portal:PublicUrl"] = $"http://127.0.0.1:{ports.Portal}",
            ["Portal:CaptiveApiOverHttp"] = "true",
            ["Portal:ContinueUrl"] = $"http://127.0.0.1:{ports.Gate}/",
            ["Portal:OrganisationName"] = "NacGateway demo",
            ["Portal:NetworkName"] = "Demo network",
            ["Portal:ServiceDesk"] = "the person who started this demo",
            ["Admin:Listen"] = $"127.0.0.1:{ports.Admin}",
            ["Admin:KeyFile"] = Path.Combine(Folder.FullName, KeyFile),
            ["Admin:Roles:0:Attribute"] = "Management-Privilege-Level = 7",
            ["Admin:Roles:0:Role"] = "HelpDesk",
            ["Radius:NasIdentifier"] = "nacgateway-demo",
            ["Radius:Servers:0:Name"] = "demo",
            ["Radius:Servers:0:Host"] = aaa.EndPoint.Address.ToString(),
            ["Radius:Servers:0:AuthenticationPort"] = aaa.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Radius:Servers:0:AccountingPort"] = aaa.AccountingEndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Radius:Servers:0:Secret"] = aaa.Secret,
            ["ReverseProxy:Routes:demo:ClusterId"] = "demo",
            ["ReverseProxy:Routes:demo:Match:Path"] = "{**rest}",
            ["ReverseProxy:Clusters:demo:Destinations:origin:Address"] = origin.AbsoluteUri,
        };
    }
}
