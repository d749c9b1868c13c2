using System.Net;
using System.Text;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;

namespace NacGateway.Web.Desk.Access;

/// <summary>The words of sign-ins in the audit trail, and the lines of those that were refused.</summary>
internal sealed class AccessTrail(AuditTally tally)
{
    public const string SignIn = "access.sign-in";
    public const string SignOut = "access.sign-out";
    public const string Key = "access.key";

    private const int LongestName = 253;

    /// <summary>The line of a sign-in that succeeds; whoever begins the session writes it.</summary>
    public static AuditEntry Line(string name, DeskRole role, IPAddress source, string detail) =>
        new() { Actor = name, Role = role.ToString(), Source = source.ToString(), Action = SignIn, Detail = detail };

    /// <summary>A sign-in that was refused. Anybody can cause it, so it is counted rather than written each time.</summary>
    public Task RefusedAsync(string name, IPAddress source, string why, string action = SignIn) =>
        tally.NoteAsync(new AuditEntry { Actor = name.Length == 0 ? "nobody" : Visible(name), Source = source.ToString(), Action = action, Outcome = "refused", Detail = why });

    /// <summary>A name as a stranger typed it: what cannot be seen, or reorders its neighbours, is named, so that two names that look alike are two in the trail.</summary>
    private static string Visible(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var next = HiddenCharacter.Is(rune) ? $"[{HiddenCharacter.Name(rune)}]" : rune.ToString();
            if (text.Length + next.Length > LongestName)
            {
                break;
            }

            text.Append(next);
        }

        return text.ToString();
    }
}
