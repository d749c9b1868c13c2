using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>
/// Lets the owner of a local account take, replace and remove his second factor. The password is asked for each time, and a code of the present
/// factor where there is one, or whoever found a screen unlocked could make the account his. Guessing counts as at the sign-in.
/// </summary>
internal sealed class OwnSecondFactor(AdministratorAccounts accounts, DeskPasswords passwords, AdminThrottle throttle, SecretBox box, TimeProvider time)
{
    /// <summary>How long a secret that was shown can be confirmed.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);

    private const string Elsewhere = "Your account is kept elsewhere, and so is its second factor: ask who keeps your RADIUS server.";
    private const string Changed = "The account was changed meanwhile. Begin again.";

    /// <summary>The open local account of who asks; null for one that is kept elsewhere.</summary>
    public async Task<Administrator?> FindAsync(DeskUser user, CancellationToken cancellationToken) =>
        user.Session is { Origin: AdminSession.Local } && await accounts.FindAsync(user.Name, cancellationToken) is { ClosedAt: null } account ? account : null;

    /// <summary>Offers a new secret. Nothing is changed by it.</summary>
    public async Task<(SecondFactorOffer? Offer, string? Problem)> OfferAsync(DeskUser user, string present, string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(user, cancellationToken) is not { } account)
        {
            return (null, Elsewhere);
        }

        if (await CheckAsync(user, account, present, code, cancellationToken) is { } problem)
        {
            return (null, problem);
        }

        var secret = RandomNumberGenerator.GetBytes(TimeCode.SecretLength);
        var boxed = new byte[sizeof(long) + secret.Length];
        BinaryPrimitives.WriteInt64BigEndian(boxed, time.GetUtcNow().UtcTicks);
        secret.CopyTo(boxed, sizeof(long));
        return (new SecondFactorOffer(Base64Url.EncodeToString(box.Seal(boxed, Purpose(user, account))), account.Name, secret), null);
    }

    /// <summary>The offer that a form carries; null for one of another sign-in, of before another change, or of too long ago.</summary>
    public async Task<SecondFactorOffer?> ReadAsync(DeskUser user, string text, CancellationToken cancellationToken)
    {
        if (text.Length is 0 or > 200 || !Base64Url.IsValid(text) || await FindAsync(user, cancellationToken) is not { } account
            || box.Open(Base64Url.DecodeFromChars(text), Purpose(user, account)) is not { Length: sizeof(long) + TimeCode.SecretLength } boxed)
        {
            return null;
        }

        var age = time.GetUtcNow().UtcTicks - BinaryPrimitives.ReadInt64BigEndian(boxed);
        return age >= 0 && age <= Lasting.Ticks ? new SecondFactorOffer(text, account.Name, boxed[sizeof(long)..]) : null;
    }

    /// <summary>Makes an offer count; returns what is wrong, null when it is done. Other sign-ins of the account end.</summary>
    public async Task<string?> ConfirmAsync(DeskUser user, SecondFactorOffer offer, string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(user, cancellationToken) is not { } account)
        {
            return Elsewhere;
        }

        if (TimeCode.Match(offer.Secret, code, time.GetUtcNow(), lastStep: 0) is not { } step)
        {
            return "That is not the code of this key now. Wait for the next one, and see that the clock of the device is right.";
        }

        var boxed = box.Seal(offer.Secret, LocalSignIn.Purpose(account.Name));
        var line = DeskAudit.Line(user, "administrator.totp", account.Name, account.TotpSecret is null ? "his own" : "his own, in place of another");
        return await accounts.ChangeOwnTotpAsync(account, boxed, step, user.Session!.TokenHash, line, CancellationToken.None) == AccountChange.Done ? null : Changed;
    }

    /// <summary>Removes it; returns what is wrong, null when it is done. Other sign-ins of the account end.</summary>
    public async Task<string?> RemoveAsync(DeskUser user, string present, string code, CancellationToken cancellationToken)
    {
        if (await FindAsync(user, cancellationToken) is not { } account)
        {
            return Elsewhere;
        }

        if (account.TotpSecret is null)
        {
            return "There is no second factor.";
        }

        if (await CheckAsync(user, account, present, code, cancellationToken) is { } problem)
        {
            return problem;
        }

        var line = DeskAudit.Line(user, "administrator.totp", account.Name, "his own: no second factor any more");
        return await accounts.ChangeOwnTotpAsync(account, secret: null, step: 0, user.Session!.TokenHash, line, CancellationToken.None) == AccountChange.Done ? null : Changed;
    }

    /// <summary>Whether he is who he says: by the password, and by a code where there is a second factor.</summary>
    private async Task<string?> CheckAsync(DeskUser user, Administrator account, string present, string code, CancellationToken cancellationToken)
    {
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

            if (account.TotpSecret is { } boxed)
            {
                if (box.Open(boxed, LocalSignIn.Purpose(account.Name)) is not { } secret)
                {
                    attempt.Abstain();
                    return "The second factor cannot be read: the key in Admin:KeyFile is not the one that sealed it. Another administrator can remove it.";
                }

                if (TimeCode.Match(secret, code, time.GetUtcNow(), account.TotpStep) is not { } step || !await accounts.TakeStepAsync(account, step, cancellationToken))
                {
                    return "That is not the code of your authenticator now, or it was used already. Wait for the next one.";
                }
            }

            attempt.Abstain();
            return null;
        }
    }

    /// <summary>For one sign-in of one account, and for the second factor that it has: with another one the offer is none any more.</summary>
    private static string Purpose(DeskUser user, Administrator account) =>
        $"totp offer {account.NameKey} {Convert.ToHexStringLower(user.Session!.TokenHash)} {Convert.ToHexStringLower(SHA256.HashData(account.TotpSecret ?? []))}";
}
