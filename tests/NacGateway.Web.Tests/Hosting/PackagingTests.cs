using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The unit and the Debian package, judged by systemd's and dpkg's own programs.</summary>
public sealed partial class PackagingTests : IDisposable
{
    /// <summary>systemd calls up to 4.9 OK; what the gateway cannot do without (its capabilities, its sockets, its network) is in it.</summary>
    private const double MostExposure = 3.0;

    private readonly TemporaryFolder _folder = new("package");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Packaging => Path.Combine(Repository.Root, "src/NacGateway.Web/Packaging");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_unit_is_right_and_exposes_little()
    {
        var analyze = Component.Require("systemd-analyze", "systemd");

        // The program of the unit is not on this machine; the rest of the unit is judged as it is.
        var unit = _folder.Write("nacgateway.service", (await File.ReadAllTextAsync(Path.Combine(Packaging, "nacgateway.service"), Cancel)).Replace("/usr/bin/nacgateway", "/bin/true", StringComparison.Ordinal));
        var verdict = await ChildProcess.RunAsync(analyze, ["verify", "--man=no", "--recursive-errors=no", unit], Cancel);
        var security = await ChildProcess.RunAsync(analyze, ["security", "--offline=true", "--no-pager", unit], Cancel);

        Assert.Equal("", verdict.Trim());
        var exposure = double.Parse(Exposure().Match(security).Groups["level"].Value, CultureInfo.InvariantCulture);
        Assert.True(exposure <= MostExposure, security);
    }

    [Fact]
    public async Task The_package_installs_keeps_the_administrators_file_and_runs_as_its_user()
    {
        var setpriv = Component.Require("setpriv", "util-linux");
        Component.Require("systemd-sysusers", "systemd");
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Users and owners of files take root.");
        }

        var (first, again) = (_folder["one.deb"], _folder["two.deb"]);
        await PublishAsync(_folder["published"]);
        await PackAsync("1.0.0", first);
        await PackAsync("1.0.0", again);
        Assert.Equal(await File.ReadAllBytesAsync(first, Cancel), await File.ReadAllBytesAsync(again, Cancel));

        // 1. A first installation: the user, the folders and their modes.
        var root = _folder["root"];
        await MakeRootAsync(root);
        await DpkgAsync(root, "--install", first);
        var ids = (await File.ReadAllLinesAsync(Path.Combine(root, "etc/passwd"), Cancel)).Single(line => line.StartsWith("nacgateway:", StringComparison.Ordinal)).Split(':');
        Assert.Equal($"750 0:{ids[3]}", await StatAsync(Path.Combine(root, "etc/nacgateway")));
        Assert.Equal($"640 0:{ids[3]}", await StatAsync(Path.Combine(root, "etc/nacgateway/appsettings.json")));
        Assert.Equal($"700 {ids[2]}:{ids[3]}", await StatAsync(Path.Combine(root, "var/lib/nacgateway")));

        // 2. The administrator's file outlives the next version.
        var settings = Path.Combine(root, "etc/nacgateway/appsettings.json");
        await File.WriteAllTextAsync(settings, Settings(root), Cancel);
        await PackAsync("1.0.1", again);
        await DpkgAsync(root, "--install", again);
        Assert.Equal(Settings(root), await File.ReadAllTextAsync(settings, Cancel));
        Assert.Equal($"640 0:{ids[3]}", await StatAsync(settings));

        // 3. It runs as its user, with nothing but its settings.
        await ChildProcess.RunAsync("/bin/chmod", ["755", _folder.FullName], Cancel);
        string[] asUser = ["--reuid", ids[2], "--regid", ids[3], "--clear-groups", "--no-new-privs", "--", Path.Combine(root, "usr/bin/nacgateway")];
        var check = await ChildProcess.RunAsync(setpriv, [.. asUser, "check", "--config", settings], Cancel);
        Assert.Contains("The configuration is right.", check, StringComparison.Ordinal);
        Assert.DoesNotContain("has mode", check, StringComparison.Ordinal);

        // With the unit's UMask, for the runtime keeps a folder there, too.
        await using (var gateway = ChildProcess.Start("/bin/sh", ["-c", "umask 0077; exec \"$@\"", "sh", setpriv, .. asUser, "serve", "--config", settings], workingDirectory: Path.Combine(root, "var/lib/nacgateway")))
        {
            await gateway.ListeningAsync("Admin", Cancel);
            Assert.Equal(0, await gateway.StopAsync());
        }

        var open = await ChildProcess.RunAsync("/usr/bin/find", [Path.Combine(root, "var/lib/nacgateway"), "-perm", "/077", "-ls"], Cancel);
        Assert.True(open.Length == 0, open);

        // 4. Removal keeps the database, a purge takes it.
        await DpkgAsync(root, "--remove", "nacgateway");
        Assert.True(File.Exists(Path.Combine(root, "var/lib/nacgateway/nacgateway.db")));
        Assert.True(File.Exists(settings));
        await DpkgAsync(root, "--purge", "nacgateway");
        Assert.False(Directory.Exists(Path.Combine(root, "var/lib/nacgateway")));
        Assert.False(File.Exists(settings));
    }

    private static string Settings(string root) => $$"""
        { "Storage": { "ConnectionString": "Data Source={{root}}/var/lib/nacgateway/nacgateway.db" },
          "Gate": { "Listen": "127.0.0.1:0" }, "Portal": { "Listen": "127.0.0.1:0" }, "Admin": { "Listen": "127.0.0.1:0" },
          "Accounting": { "Enabled": false },
          "Radius": { "Servers": [ { "Name": "main", "Host": "127.0.0.1", "Secret": "a-secret-of-enough-octets" } ] } }
        """;

    private static async Task<string> StatAsync(string path) => (await ChildProcess.RunAsync("/usr/bin/stat", ["-c", "%a %u:%g", path], Cancel)).Trim();

    private static async Task MakeRootAsync(string root)
    {
        foreach (var folder in (string[])["var/lib/dpkg/info", "var/lib/dpkg/updates", "etc", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (var file in (string[])["var/lib/dpkg/status", "var/lib/dpkg/available"])
        {
            await File.WriteAllTextAsync(Path.Combine(root, file), "", Cancel);
        }
    }

    /// <summary>What the package depends on is on this machine, not in the root; scripts run here and are told of the root by DPKG_ROOT.</summary>
    private static Task<string> DpkgAsync(string root, params string[] arguments) =>
        ChildProcess.RunAsync(Component.Require("dpkg", "dpkg"), [$"--root={root}", "--force-depends", "--force-script-chrootless", "--force-confold", $"--log={root}/dpkg.log", .. arguments], Cancel);

    private static string Configuration() => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>What was built for the tests, laid out as publish does.</summary>
    private static Task<string> PublishAsync(string folder) => ChildProcess.RunAsync(
        "dotnet",
        ["publish", Path.Combine(Repository.Root, "src/NacGateway.Web"), "--no-build", "--no-restore", "-c", Configuration(), "-o", folder, "-nologo", "-v", "quiet"],
        Cancel);

    private Task<string> PackAsync(string version, string output) => ChildProcess.RunAsync(
        Component.Require("env", "coreutils"),
        ["SOURCE_DATE_EPOCH=1767225600", Path.Combine(Packaging, "build-deb"), _folder["published"], version, output],
        Cancel);

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposure();
}
