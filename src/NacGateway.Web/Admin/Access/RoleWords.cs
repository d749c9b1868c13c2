using NacGateway.Core.Administration;

namespace NacGateway.Web.Admin.Access;

/// <summary>Roles as people read them.</summary>
internal static class RoleWords
{
    public static string Words(this DeskRole role) => role switch
    {
        DeskRole.HelpDesk => "Help desk",
        DeskRole.FrontDesk => "Front desk",
        _ => role.ToString(),
    };

    /// <summary>What a role may do, in a line.</summary>
    public static string Meaning(this DeskRole role) => role switch
    {
        DeskRole.Viewer => "reads",
        DeskRole.HelpDesk => "reads, disconnects, extends, unlocks",
        DeskRole.FrontDesk => "guests only",
        DeskRole.Auditor => "reads, the audit trail too, and exports",
        DeskRole.Administrator => "everything",
        _ => "nothing",
    };
}
