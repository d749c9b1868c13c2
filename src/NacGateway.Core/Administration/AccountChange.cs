namespace NacGateway.Core.Administration;

/// <summary>What became of a change of a local account.</summary>
public enum AccountChange
{
    /// <summary>It is durable.</summary>
    Done = 0,

    /// <summary>There is no such account, or it is closed.</summary>
    NotFound,

    /// <summary>There is one of this name already.</summary>
    Exists,

    /// <summary>It is the last open account of an administrator: without it nobody could undo the change.</summary>
    LastOne,
}
