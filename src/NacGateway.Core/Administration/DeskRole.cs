namespace NacGateway.Core.Administration;

/// <summary>What an administrator is. The numbers are in the database; what each may do says the desk.</summary>
public enum DeskRole
{
    None = 0,

    /// <summary>Reads.</summary>
    Viewer = 1,

    /// <summary>Reads, disconnects, extends, unlocks.</summary>
    HelpDesk = 2,

    /// <summary>Guests only.</summary>
    FrontDesk = 3,

    /// <summary>Reads, the audit trail too, and exports.</summary>
    Auditor = 4,

    /// <summary>Everything.</summary>
    Administrator = 5,
}
