using System.Globalization;
using System.Security.Cryptography;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk.Access;

namespace NacGateway.Web.Hosting.Commands;

/// <summary>What the verbs of <c>admin</c> do, on the services of the gateway.</summary>
/// <param name="services">The services.</param>
/// <param name="name">The account.</param>
/// <param name="readPassword">Asks for a password; null for verbs without one.</param>
internal sealed class AdminWork(IServiceProvider services, string name, Func<string?>? readPassword)
{
    private readonly AdministratorAccounts _accounts = services.GetRequiredService<AdministratorAccounts>();
    private readonly DeskPasswords _passwords = services.GetRequiredService<DeskPasswords>();
    private readonly SecretBox _box = services.GetRequiredService<SecretBox>();

    public async Task<int> AddAsync(DeskRole role, bool totp, CancellationToken cancellationToken)
    {
        if (AdminNames.Problem(name) is { } problem)
        {
            return await FailAsync(problem, ExitCode.Usage);
        }

        if (role == DeskRole.None)
        {
            return await FailAsync("--role takes Viewer, HelpDesk, FrontDesk, Auditor or Administrator.", ExitCode.Usage);
        }

        if (await _accounts.FindAsync(name, cancellationToken) is { ClosedAt: null } known)
        {
            return await FailAsync($"there is an account {known.Name} already. Change it by admin password, admin role or admin totp.", ExitCode.Failure);
        }

        if (await ReadPasswordAsync() is not { } password)
        {
            return ExitCode.Usage;
        }

        var secret = totp ? RandomNumberGenerator.GetBytes(TimeCode.SecretLength) : null;
        var added = new NewAdministrator
        {
            Name = name,
            PasswordHash = _passwords.Hash(password),
            Role = role,
            TotpSecret = secret is null ? null : _box.Seal(secret, LocalSignIn.Purpose(name)),
        };
        var outcome = await _accounts.AddAsync(added, Line("administrator.add", $"role {role}{(totp ? ", with a second factor" : "")}"), cancellationToken);
        return await ReportAsync(outcome, $"{name} may sign in as {role}.", secret);
    }

    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var accounts = await _accounts.ListAsync(cancellationToken);
        foreach (var account in accounts)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{account.Name}\t{account.Role}\t{(account.TotpSecret is null ? "password" : "password and code")}\t{(account.ClosedAt is { } closed ? $"closed {closed:u}" : "open")}\tmade {account.CreatedAt:u} by {account.CreatedBy}\tlast sign-in {account.LastSignInAt?.ToString("u", CultureInfo.InvariantCulture) ?? "never"}"));
        }

        if (accounts.Count == 0)
        {
            await Console.Error.WriteLineAsync("There are no local accounts. Make one: nacgateway admin add NAME".AsMemory(), cancellationToken);
        }

        return ExitCode.Success;
    }

    public Task<int> CloseAsync(CancellationToken cancellationToken) => ChangeAsync(async account =>
    {
        var outcome = await _accounts.CloseAsync(account.Id, evenTheLast: true, Line("administrator.close", null), cancellationToken);
        if (!await _accounts.AnyAsync(cancellationToken))
        {
            await Console.Error.WriteLineAsync("warning: this was the last open account. Only RADIUS lets an administrator in now, if Admin:Roles says so.");
        }

        return await ReportAsync(outcome, $"{account.Name} is closed.");
    }, cancellationToken);

    public Task<int> ChangeRoleAsync(DeskRole role, CancellationToken cancellationToken) => role == DeskRole.None
        ? FailAsync("ROLE is one of Viewer, HelpDesk, FrontDesk, Auditor and Administrator.", ExitCode.Usage)
        : ChangeAsync(async account => await ReportAsync(await _accounts.ChangeRoleAsync(account.Id, role, evenTheLast: true, Line("administrator.role", $"{account.Role} to {role}"), cancellationToken), $"{account.Name} is {role} from the next sign-in on."), cancellationToken);

    public Task<int> ChangePasswordAsync(CancellationToken cancellationToken) => ChangeAsync(
        async account => await ReadPasswordAsync() is { } password
            ? await ReportAsync(await _accounts.ChangePasswordAsync(account.Id, _passwords.Hash(password), keep: null, Line("administrator.password", null), cancellationToken), $"{account.Name} has a new password.")
            : ExitCode.Usage,
        cancellationToken);

    public Task<int> ChangeTotpAsync(bool on, CancellationToken cancellationToken) => ChangeAsync(async account =>
    {
        var secret = on ? RandomNumberGenerator.GetBytes(TimeCode.SecretLength) : null;
        var boxed = secret is null ? null : _box.Seal(secret, LocalSignIn.Purpose(account.Name));
        var outcome = await _accounts.ChangeTotpAsync(account.Id, boxed, keep: null, Line("administrator.totp", on ? "a new secret" : "no second factor any more"), cancellationToken);
        return await ReportAsync(outcome, on ? $"{account.Name} is asked for a code from now on." : $"{account.Name} is not asked for a code any more.", secret);
    }, cancellationToken);

    private async Task<int> ChangeAsync(Func<Administrator, Task<int>> change, CancellationToken cancellationToken) =>
        await _accounts.FindAsync(name, cancellationToken) is { ClosedAt: null } account ? await change(account) : await FailAsync($"there is no open account {name}. See admin list.", ExitCode.Failure);

    private async Task<string?> ReadPasswordAsync()
    {
        if (readPassword!() is not { } password)
        {
            return null;
        }

        if (DeskPasswords.Problem(password, name) is not { } problem)
        {
            return password;
        }

        await FailAsync(problem, ExitCode.Usage);
        return null;
    }

    private async Task<int> ReportAsync(AccountChange outcome, string done, byte[]? secret = null)
    {
        if (outcome != AccountChange.Done)
        {
            return await FailAsync($"nothing was changed: {(outcome == AccountChange.Exists ? "there is such an account already, or there are as many as there may be" : "the account was closed meanwhile")}.", ExitCode.Failure);
        }

        await Console.Out.WriteLineAsync(done);
        if (secret is not null)
        {
            await Console.Out.WriteLineAsync($"Secret for the authenticator app, shown once: {TimeCode.Words(secret)}");
            await Console.Out.WriteLineAsync(TimeCode.Link(name, secret));
        }

        return ExitCode.Success;
    }

    private static async Task<int> FailAsync(string problem, int exitCode)
    {
        await Console.Error.WriteLineAsync($"error: {problem}");
        return exitCode;
    }

    private AuditEntry Line(string action, string? detail) =>
        new() { Actor = AuditEntry.CommandLine, Action = action, Target = name, Detail = $"{(detail is null ? "" : detail + ", ")}by {Environment.UserName} of this machine" };
}
