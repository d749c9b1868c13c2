using System.Security.Cryptography;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>What an administrator does with the local accounts of others; pages and API alike. First passwords are made here and shown once: nobody chooses one for somebody else.</summary>
internal sealed class DeskAccounts(AdministratorAccounts accounts, DeskPasswords passwords)
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>What is wrong with a new account, and the remedy; null for nothing.</summary>
    public static string? Problem(string name, DeskRole role) =>
        AdminNames.Problem(name) ?? (role is DeskRole.None || !Enum.IsDefined(role) ? "Choose a role." : null);

    /// <summary>Makes an account with a first password.</summary>
    public async Task<(AccountChange Outcome, string Password)> AddAsync(DeskUser user, string name, DeskRole role)
    {
        var password = NewPassword();
        var wanted = new NewAdministrator { Name = name, PasswordHash = passwords.Hash(password), Role = role };
        return (await accounts.AddAsync(wanted, DeskAudit.Line(user, "administrator.add", name, $"role {role}"), CancellationToken.None), password);
    }

    /// <summary>Gives an account another password, and ends what is signed in.</summary>
    public async Task<(AccountChange Outcome, string Password)> ResetPasswordAsync(DeskUser user, Administrator account)
    {
        var password = NewPassword();
        return (await accounts.ChangePasswordAsync(account.Id, passwords.Hash(password), keep: null, DeskAudit.Line(user, "administrator.password", account.Name, "reset"), CancellationToken.None), password);
    }

    public Task<AccountChange> ChangeRoleAsync(DeskUser user, Administrator account, DeskRole role) =>
        accounts.ChangeRoleAsync(account.Id, role, evenTheLast: false, DeskAudit.Line(user, "administrator.role", account.Name, $"{account.Role} to {role}"), CancellationToken.None);

    public Task<AccountChange> CloseAsync(DeskUser user, Administrator account) =>
        accounts.CloseAsync(account.Id, evenTheLast: false, DeskAudit.Line(user, "administrator.close", account.Name), CancellationToken.None);

    /// <summary>Takes the second factor away, for who has lost his telephone.</summary>
    public Task<AccountChange> ResetTotpAsync(DeskUser user, Administrator account) =>
        accounts.ChangeTotpAsync(account.Id, secret: null, keep: null, DeskAudit.Line(user, "administrator.totp", account.Name, "no second factor any more"), CancellationToken.None);

    /// <summary>79 bits, in a form that can be read out.</summary>
    public static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
