namespace NacGateway.Web.Admin.Kit;

/// <summary>Mark of an event in a timeline; shape and colour repeat what its title says.</summary>
public enum TimelineKind
{
    /// <summary>Something happened: a ring.</summary>
    Plain,

    /// <summary>It went well: a filled dot.</summary>
    Good,

    /// <summary>Late or odd: a square.</summary>
    Warn,

    /// <summary>Refused or broken: a filled square.</summary>
    Bad,

    /// <summary>A question of the server's: a blue ring.</summary>
    Info,

    /// <summary>An administrator did it: a diamond.</summary>
    Admin,
}
