using NacGateway.Core.Sessions;
using NacGateway.Web.Api.Frame;

namespace NacGateway.Web.Api.Events;

/// <summary>Which events a program wants.</summary>
internal sealed record EventFilter(IReadOnlySet<SessionNoticeKind> Kinds, string? User)
{
    private static readonly SessionNoticeKind[] s_kinds = [.. Enum.GetValues<SessionNoticeKind>().Where(kind => kind != SessionNoticeKind.None)];

    /// <summary>Reads it; null where a kind is none.</summary>
    public static EventFilter? Read(string? kinds, string? user)
    {
        var names = (kinds ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wanted = s_kinds.Where(kind => names.Contains(ApiDocument.Spell(kind), StringComparer.Ordinal)).ToHashSet();
        return wanted.Count == names.Distinct(StringComparer.Ordinal).Count() ? new EventFilter(wanted, string.IsNullOrEmpty(user) ? null : user) : null;
    }

    /// <summary>The kinds that there are, for the sentence that refuses others.</summary>
    public static string Words => string.Join(", ", s_kinds.Select(ApiDocument.Spell));

    public bool Takes(SessionNotice notice) =>
        (Kinds.Count == 0 || Kinds.Contains(notice.Kind)) && (User is null || string.Equals(User, notice.UserName, StringComparison.OrdinalIgnoreCase));
}
