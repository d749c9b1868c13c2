using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;
using NacGateway.Web.Desk.Access;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>A gateway with the real sign-in of administrators: quick hashes, no delay, and roles by RADIUS.</summary>
public sealed class AccessSite : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private int _names;

    public IReadOnlyDictionary<string, string?> More { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Rows that are there before the gateway starts; null for none.</summary>
    public Func<GatewayDbContext, Task>? Seed { get; init; }

    public DeskSite Desk { get; private set; } = null!;

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Admin:RejectDelay"] = "00:00:00",
        ["Admin:PasswordIterations"] = "10000",
        ["Admin:Roles:0:Attribute"] = "Filter-Id = nac-admin",
        ["Admin:Roles:0:Role"] = "Administrator",
        ["Admin:Roles:1:Attribute"] = "Management-Privilege-Level = 7",
        ["Admin:Roles:1:Role"] = "HelpDesk",

        // All tests come from one address.
        ["Throttle:ClientFailures"] = "10000",
    };

    public async ValueTask InitializeAsync()
    {
        Desk = new DeskSite { RealAccess = true, Seed = Seed, More = Settings.Concat(More).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal) };
        await Desk.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    internal DeskBrowser Browser() => new(Desk.Admin);

    /// <summary>Makes a local account under a name of its own.</summary>
    internal async Task<Administrator> AccountAsync(DeskRole role = DeskRole.Administrator, byte[]? totp = null)
    {
        var name = $"local-{Interlocked.Increment(ref _names)}";
        var outcome = await Desk.Service<AdministratorAccounts>().AddAsync(
            new NewAdministrator
            {
                Name = name,
                PasswordHash = Desk.Service<DeskPasswords>().Hash(Password),
                Role = role,
                TotpSecret = totp is null ? null : Desk.Service<SecretBox>().Seal(totp, LocalSignIn.Purpose(name)),
            },
            new AuditEntry { Actor = "test", Action = "administrator.add", Target = name },
            TestContext.Current.CancellationToken);
        Assert.Equal(AccountChange.Done, outcome);
        return (await Desk.Service<AdministratorAccounts>().FindAsync(name, TestContext.Current.CancellationToken))!;
    }

    /// <summary>A browser in which somebody is signed in.</summary>
    internal async Task<DeskBrowser> SignedInAsync(DeskRole role)
    {
        var browser = Browser();
        using var answer = await browser.SignInAsync((await AccountAsync(role)).Name, Password);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }
}
