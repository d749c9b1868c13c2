using NacGateway.Web.Desk;

namespace NacGateway.Web.Admin.Frame;

/// <summary>One entry of the navigation. What a role cannot open is not in it.</summary>
/// <param name="Path">Where it leads.</param>
/// <param name="Name">As the navigation says it.</param>
/// <param name="Right">What it takes.</param>
/// <param name="Key">Letter after <c>g</c> that leads there.</param>
internal sealed record DeskSection(string Path, string Name, DeskRight Right, char Key)
{
    public static IReadOnlyList<DeskSection> All { get; } =
    [
        new("/overview", "Overview", DeskRight.Read, 'o'),
        new("/sessions", "Sessions", DeskRight.Read, 's'),
        new("/people", "People", DeskRight.Read, 'd'),
        new("/decisions", "Decisions", DeskRight.Read, 'w'),
        new("/radius", "RADIUS", DeskRight.Read, 'r'),
        new("/policies", "Policies", DeskRight.Read, 'p'),
        new("/garden", "Walled garden", DeskRight.Read, 'l'),
        new("/settings", "Settings", DeskRight.Read, 't'),
        new("/audit", "Audit", DeskRight.ReadAudit, 'a'),
    ];
}
