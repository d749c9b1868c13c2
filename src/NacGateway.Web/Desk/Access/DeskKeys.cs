using System.Globalization;
using System.Text;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>What an administrator does with API keys; pages and API alike.</summary>
internal sealed class DeskKeys(ApiKeys keys)
{
    public const int DefaultDays = 90;
    public const int MostDays = 730;
    private const int LongestName = 60;

    /// <summary>What is wrong with a wanted key, and the remedy; null for nothing.</summary>
    /// <param name="user">Who wants it: a key gets no right that he has not.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="days">How long.</param>
    public static (string Field, string Text)? Problem(DeskUser user, string name, DeskRole role, int days) =>
        name.Length is 0 or > LongestName || name.Trim() != name || name.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format)
            ? ("name", $"A name has 1 to {LongestName} visible characters, without blanks around it.")
        : role == DeskRole.None || !Enum.IsDefined(role) ? ("role", "Choose a role.")
        : Enum.GetValues<DeskRight>().Any(right => right != DeskRight.None && role.May(right) && !user.Role.May(right)) ? ("role", "A key may do no more than who makes it.")
        : days is < 1 or > MostDays ? ("days", $"A key lasts 1 to {MostDays} days.")
        : null;

    /// <summary>Makes a key; null when one in use has this name, or there are too many.</summary>
    public Task<(ApiKey Key, string Text)?> MakeAsync(DeskUser user, string name, DeskRole role, int days) =>
        keys.MakeAsync(name, role, TimeSpan.FromDays(days), DeskAudit.Line(user, "api-key.make", name, string.Create(CultureInfo.InvariantCulture, $"role {role}, {days} days")), CancellationToken.None);

    public Task<bool> RevokeAsync(DeskUser user, ApiKey key) =>
        keys.RevokeAsync(key.Id, DeskAudit.Line(user, "api-key.revoke", $"{key.Name} ({key.Prefix})"), CancellationToken.None);
}
