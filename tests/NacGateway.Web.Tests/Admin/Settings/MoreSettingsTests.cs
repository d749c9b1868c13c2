using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Web.Hosting.Commands;
using NacGateway.Web.Tests.Admin.Rules;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Settings;

/// <summary>The portal's words, the levels of the log and the pace of reports change with no restart; secrets are on no page; a server may have any name.</summary>
public sealed class MoreSettingsTests : IAsyncLifetime
{
    private const string Hush = "a secret that no page may show";

    private readonly DeskSite _site = new()
    {
        More = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Portal:OrganisationName"] = "Configured",
            ["Radius:Servers:1:Name"] = "Test",
            ["Radius:Servers:1:Host"] = "127.0.0.1",
            ["Radius:Servers:1:Secret"] = Hush,
            ["Radius:Servers:1:Priority"] = "9",
            ["Radius:Servers:1:Spare"] = Hush,
            ["Telemetry:OtlpHeaders"] = $"token={Hush}",
        },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_portal_says_what_was_saved_on_its_next_page_and_what_was_configured_when_that_is_taken_back()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        using var visitor = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _site.Portal };

        using var named = await SaveAsync(admin, "Portal:OrganisationName", "Hotel <b>Sonne</b>");
        using var terms = await SaveAsync(admin, "Portal:Terms", "Be kind.\nBe brief.");
        using var desk = await SaveAsync(admin, "Portal:ServiceDesk", "Room 12");
        var page = await visitor.GetStringAsync("/portal", Cancellation);
        using var preview = await admin.PostAsync("/settings/preview", ("name", "Portal:ServiceDesk"), ("version", $"{Version("Portal:ServiceDesk")}"), ("value", ""));
        using var back = await admin.PostAsync("/settings/save", ("name", "Portal:OrganisationName"), ("version", $"{Version("Portal:OrganisationName")}"), ("configured", "yes"));

        Assert.All([named, terms, desk, back], answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.Contains("Hotel &lt;b&gt;Sonne&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Be brief.", page, StringComparison.Ordinal);
        Assert.Contains("Room 12", page, StringComparison.Ordinal);
        Assert.Contains("open sessions changes", await preview.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Configured", await visitor.GetStringAsync("/portal", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_of_the_log_reaches_loggers_that_are_there_already_and_goes_again()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        var log = _site.Service<ILoggerFactory>().CreateLogger("NacGateway.Core.Coa.CoaListener");
        var before = log.IsEnabled(LogLevel.Debug);

        using var saved = await SaveAsync(admin, "Logging:LogLevel", "NacGateway.Core.Coa = Debug");
        var during = log.IsEnabled(LogLevel.Debug);
        using var back = await SaveAsync(admin, "Logging:LogLevel", "Default = Warning");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (saved.StatusCode, back.StatusCode));
        Assert.Equal((false, true, false), (before, during, log.IsEnabled(LogLevel.Information)));
    }

    [Fact]
    public async Task The_pace_of_reports_holds_for_the_next_sign_in()
    {
        using var admin = _site.Client(DeskRole.Administrator);

        using var saved = await SaveAsync(admin, "Sessions:InterimInterval", "00:05:00");

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(5), _site.Service<SessionTerms>().Of(TimeProvider.System.GetUtcNow()).Local.InterimInterval);
    }

    [Theory]
    [InlineData("Portal:OrganisationName", "")]
    [InlineData("Portal:ContinueUrl", "javascript:alert(1)")]
    [InlineData("Portal:DefaultLanguage", "tlh")]
    [InlineData("Portal:RequireTerms", "perhaps")]
    [InlineData("Logging:LogLevel", "NacGateway = Loud")]
    [InlineData("Logging:LogLevel", "Debug")]
    [InlineData("Sessions:InterimInterval", "00:00:10")]
    public async Task A_value_that_is_not_right_is_refused_with_the_reason(string name, string value)
    {
        using var admin = _site.Client(DeskRole.Administrator);

        using var refused = await SaveAsync(admin, name, value);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(name, await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, Version(name));
    }

    [Fact]
    public async Task No_secret_is_on_the_page_of_settings_nor_in_the_api()
    {
        using var admin = _site.Client(DeskRole.Administrator);

        var page = await admin.GetStringAsync("/settings", Cancellation);
        var api = await admin.GetStringAsync("/api/v1/settings", Cancellation);

        Assert.Contains("Radius:Servers:1:Secret", page, StringComparison.Ordinal);
        Assert.Contains("Radius:Servers:1:Spare", page, StringComparison.Ordinal);
        Assert.Contains("Telemetry:OtlpHeaders", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Hush, page + api, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret between two tests", page + api, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_named_as_a_page_has_one_all_the_same_and_lists_are_asked_for_in_order()
    {
        using var viewer = _site.Client(DeskRole.Viewer);

        var list = await viewer.GetStringAsync("/radius", Cancellation);
        var page = await viewer.GetStringAsync("/radius/servers/Test", Cancellation);
        using var sessions = await viewer.GetAsync("/sessions", Cancellation);

        Assert.Contains("href=\"/radius/servers/Test\"", list, StringComparison.Ordinal);
        Assert.Contains("RADIUS server Test", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, sessions.StatusCode);
        Assert.DoesNotContain(_site.Log, line => line.Id.Id == 10102);
    }

    [Fact]
    public async Task Check_names_what_was_changed_over_the_configuration_and_what_is_left_aside()
    {
        using var admin = _site.Client(DeskRole.Administrator, "k.ito");
        using var saved = await SaveAsync(admin, "Sessions:IdleTimeout", "00:20:00");
        await using (var database = await _site.DatabaseAsync())
        {
            database.Add(new SettingVersion { Name = "Sessions:SessionTimeout", Value = "soon", CreatedAt = TimeProvider.System.GetUtcNow(), CreatedBy = "k.ito" });
            await database.SaveChangesAsync(Cancellation);
        }

        var text = new StringWriter();
        await ChangedSettings.ReportAsync(Configuration(_site.Service<IOptions<StorageOptions>>().Value.EffectiveConnectionString), text, Cancellation);

        Assert.Contains("Sessions:IdleTimeout: '00:20:00' holds, which k.ito set at the desk", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("not '00:30:00' of the configuration", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("Sessions:SessionTimeout: version", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("is left aside", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_makes_no_database_and_does_not_fail_for_one_that_is_none()
    {
        using var folder = new TestKit.TemporaryFolder();
        var text = new StringWriter();

        await ChangedSettings.ReportAsync(Configuration($"Data Source={folder["none.db"]}"), text, Cancellation);
        await ChangedSettings.ReportAsync(Configuration($"Data Source={folder.Write("odd.db", "this is no database, and long enough to be looked at")}"), text, Cancellation);

        Assert.False(File.Exists(folder["none.db"]));
        Assert.StartsWith("The database could not be asked", text.ToString(), StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(string connection) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = connection,
            ["Radius:Servers:0:Name"] = "dc-1",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:Secret"] = Hush,
        }).Build();

    private long Version(string name) => _site.Service<RuntimeSettings>().Find(name)!.Version;

    private Task<HttpResponseMessage> SaveAsync(HttpClient client, string name, string value) =>
        client.PostAsync("/settings/save", ("name", name), ("version", $"{Version(name)}"), ("value", value));
}
