using Microsoft.AspNetCore.Identity;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>Signs in by a local account: the way in when RADIUS cannot let anybody in.</summary>
internal sealed class LocalSignIn(AdministratorAccounts accounts, DeskPasswords passwords, SecretBox box, PendingCodes codes, SessionStart start, TimeProvider time)
{
    /// <summary>The open account of a name; null for none. No account has control characters in its name, and PostgreSQL takes no NUL in a question.</summary>
    public async Task<Administrator?> FindAsync(string name, CancellationToken cancellationToken) =>
        name.Length <= AdminNames.Longest && !name.Any(char.IsControl) && await accounts.FindAsync(name, cancellationToken) is { ClosedAt: null } account ? account : null;

    /// <summary>Whose code is awaited under an identifier; null for nobody's.</summary>
    public PendingCode? Awaited(string id, SignInAttempt attempt) => codes.Find(id, attempt.Source);

    /// <summary>First step: the password.</summary>
    /// <param name="account">The account; null stands for a name without one, and takes as long.</param>
    /// <param name="password">As typed.</param>
    /// <param name="attempt">From where.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<SignInStep> CheckAsync(Administrator? account, string password, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var result = await passwords.VerifyAsync(account?.PasswordHash, password, cancellationToken);
        if (account is null || result == PasswordVerificationResult.Failed)
        {
            return SignInStep.Refused(account is null ? "There is no local account of this name." : "Wrong password of a local account.");
        }

        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await accounts.RehashAsync(account, passwords.Hash(password), cancellationToken);
            account = await accounts.FindAsync(account.Id, cancellationToken) ?? account;
        }

        return account.TotpSecret is null
            ? await BeginAsync(account, timeStep: null, attempt, cancellationToken)
            : new SignInStep(new SignInOutcome.Code(codes.Add(account.Id, account.Name, attempt.Source), account.Name, [], Echo: true));
    }

    /// <summary>Does the work of a comparison for a name that somebody else judges.</summary>
    public Task PretendAsync(string password, CancellationToken cancellationToken) => passwords.VerifyAsync(hash: null, password, cancellationToken);

    /// <summary>Second step: the code.</summary>
    public async Task<SignInStep> AnswerAsync(string id, string code, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (codes.Take(id, attempt.Source) is not { } awaited || await accounts.FindAsync(awaited.AccountId, cancellationToken) is not { ClosedAt: null, TotpSecret: { } boxed } account)
        {
            return new SignInStep(new SignInOutcome.Expired());
        }

        if (box.Open(boxed, Purpose(account.Name)) is not { } secret)
        {
            return SignInStep.Refused("The second factor cannot be read: the key in Admin:KeyFile is not the one that sealed it. Put that file back, or reset the second factor by nacgateway admin totp.");
        }

        if (TimeCode.Match(secret, code, time.GetUtcNow(), account.TotpStep) is { } step)
        {
            return await BeginAsync(account, step, attempt, cancellationToken);
        }

        const string Why = "Wrong code of a local account.";
        return codes.Again(awaited) is { } again
            ? new SignInStep(new SignInOutcome.Code(again, account.Name, [], Echo: true, IsRepeat: true), Why)
            : SignInStep.Refused(Why);
    }

    /// <summary>What the secret of a second factor is sealed for: the row of one account.</summary>
    public static string Purpose(string name) => $"totp {AdminNames.Key(name)}";

    private async Task<SignInStep> BeginAsync(Administrator account, long? timeStep, SignInAttempt attempt, CancellationToken cancellationToken) =>
        await start.BeginLocalAsync(account, timeStep, attempt, cancellationToken) is { } begun
            ? new SignInStep(begun)
            : SignInStep.Refused(timeStep is null ? "The account was changed at the same moment." : "The code was used already, or the account was changed at the same moment.");
}
