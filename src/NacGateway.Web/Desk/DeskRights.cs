using System.Collections.Frozen;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk;

/// <summary>What each role may do: the one table that pages, API and tests read.</summary>
internal static class DeskRights
{
    private static readonly FrozenDictionary<DeskRole, FrozenSet<DeskRight>> s_rights = new Dictionary<DeskRole, FrozenSet<DeskRight>>
    {
        [DeskRole.Viewer] = FrozenSet.Create(DeskRight.Read),
        [DeskRole.HelpDesk] = FrozenSet.Create(DeskRight.Read, DeskRight.ActOnSessions, DeskRight.TestRadius),
        [DeskRole.FrontDesk] = FrozenSet.Create(DeskRight.ManageGuests),
        [DeskRole.Auditor] = FrozenSet.Create(DeskRight.Read, DeskRight.ReadAudit, DeskRight.Export),
        [DeskRole.Administrator] = Enum.GetValues<DeskRight>().Where(right => right != DeskRight.None).ToFrozenSet(),
    }.ToFrozenDictionary();

    public static bool May(this DeskRole role, DeskRight right) => s_rights.TryGetValue(role, out var rights) && rights.Contains(right);

    /// <summary>The roles that have a right, for the sentence that refuses.</summary>
    public static IReadOnlyList<DeskRole> With(DeskRight right) => [.. Enum.GetValues<DeskRole>().Where(role => role.May(right))];
}
