using System.Collections.Frozen;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>The words of the query grammar: keys, and names of their values.</summary>
internal static class SessionQueryKeys
{
    public const string User = "user";
    public const string Address = "address";
    public const string Mac = "mac";
    public const string Role = "role";
    public const string Server = "server";
    public const string State = "state";
    public const string Cause = "cause";

    /// <summary>Value of <see cref="State"/> that lifts the list's own default.</summary>
    public const string AnyState = "any";

    public static readonly FrozenSet<string> Facets = FrozenSet.Create(StringComparer.Ordinal, User, Address, "ip", Mac, Role, Server, State, Cause);

    /// <summary>The name of a cause in a URL: <c>admin-reset</c>.</summary>
    public static string NameOf(AcctTerminateCause cause) =>
        string.Concat(cause.ToString().Select((c, at) => at > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    public static AcctTerminateCause? FindCause(string name)
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        return Enum.GetValues<AcctTerminateCause>().Cast<AcctTerminateCause?>().FirstOrDefault(cause => cause != AcctTerminateCause.None && string.Equals(cause.ToString(), plain, StringComparison.OrdinalIgnoreCase));
    }

    public static SessionStateFilter? FindState(string name) =>
        Enum.GetValues<SessionStateFilter>().Cast<SessionStateFilter?>().FirstOrDefault(state => state != SessionStateFilter.None && string.Equals(state.ToString(), name, StringComparison.OrdinalIgnoreCase));

    public static SessionSort? FindSort(string name) =>
        Enum.GetValues<SessionSort>().Cast<SessionSort?>().FirstOrDefault(sort => string.Equals(sort.ToString(), name, StringComparison.OrdinalIgnoreCase));
}
