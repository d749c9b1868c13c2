namespace NacGateway.Web.Desk;

/// <summary>One thing that an administrator may be allowed to do at the desk.</summary>
internal enum DeskRight
{
    None = 0,

    /// <summary>See sessions, people, decisions, servers and rules.</summary>
    Read,

    /// <summary>Disconnect and extend sessions, send messages, unlock accounts.</summary>
    ActOnSessions,

    /// <summary>Put sessions under another role.</summary>
    ChangeRoles,

    /// <summary>Guests: accounts, vouchers, requests.</summary>
    ManageGuests,

    /// <summary>See the audit trail.</summary>
    ReadAudit,

    /// <summary>Take whole lists away as files.</summary>
    Export,

    /// <summary>Send a sign-in of one's own to a RADIUS server.</summary>
    TestRadius,

    /// <summary>Change policies, roles, the walled garden and settings.</summary>
    ManageRules,

    /// <summary>Make and close accounts of administrators and API keys.</summary>
    ManageAccess,
}
