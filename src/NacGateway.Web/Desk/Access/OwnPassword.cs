using Microsoft.AspNetCore.Identity;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>Lets the owner of a local account change his password. The present one is asked for, and guessing it counts: whoever found a screen unlocked must not make it his for good.</summary>
internal sealed class OwnPassword(AdministratorAccounts accounts, DeskPasswords passwords, AdminThrottle throttle)
{
    /// <summary>Changes it, and ends the other sign-ins. Returns what is wrong; null when it is done.</summary>
    public async Task<string?> ChangeAsync(DeskUser user, string present, string wanted, string again, CancellationToken cancellationToken)
    {
        if (user.Session is not { Origin: AdminSession.Local } session || await accounts.FindAsync(user.Name, cancellationToken) is not { ClosedAt: null } account)
        {
            return "Your password is kept elsewhere: change it where your RADIUS server takes it from.";
        }

        if (wanted != again)
        {
            return "The two new passwords are not the same.";
        }

        if (DeskPasswords.Problem(wanted, account.Name) is { } problem)
        {
            return problem;
        }

        if (throttle.TryEnter(account.Name, user.Source, passesName: true, out _) is not { } attempt)
        {
            return "There were too many wrong tries. Wait some minutes.";
        }

        await using (attempt)
        {
            if (await passwords.VerifyAsync(account.PasswordHash, present, cancellationToken) == PasswordVerificationResult.Failed)
            {
                return "Your present password is another.";
            }

            attempt.Abstain();
        }

        var outcome = await accounts.ChangePasswordAsync(account.Id, passwords.Hash(wanted), session.TokenHash, DeskAudit.Line(user, "administrator.password", account.Name, "his own"), cancellationToken);
        return outcome == AccountChange.Done ? null : "The account was closed meanwhile.";
    }
}
