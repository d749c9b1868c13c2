using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Hosting.Demo;

/// <summary>The demo's administrator. His password is made anew at each start and printed, for one that everybody knows would stay in use.</summary>
internal static class DemoAdmin
{
    public const string Name = "admin";

    /// <summary>Makes the account, or gives it the password of this run. Returns the password.</summary>
    public static async Task<string> RenewAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<AdministratorAccounts>();
        var password = DeskAccounts.NewPassword();
        var hash = services.GetRequiredService<DeskPasswords>().Hash(password);
        var line = new AuditEntry { Actor = AuditEntry.CommandLine, Action = "administrator.password", Target = Name, Detail = "by the demo" };
        if (await accounts.FindAsync(Name, cancellationToken) is { ClosedAt: null } known)
        {
            await accounts.ChangePasswordAsync(known.Id, hash, keep: null, line, cancellationToken);
        }
        else
        {
            await accounts.AddAsync(new NewAdministrator { Name = Name, PasswordHash = hash, Role = DeskRole.Administrator }, line with { Action = "administrator.add" }, cancellationToken);
        }

        return password;
    }
}
