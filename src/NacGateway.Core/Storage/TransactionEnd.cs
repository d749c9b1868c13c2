namespace NacGateway.Core.Storage;

/// <summary>How a transaction of the writer ended.</summary>
internal enum TransactionEnd
{
    /// <summary>It is durable.</summary>
    Committed = 0,

    /// <summary>Nothing of it was made.</summary>
    NotMade,

    /// <summary>The commit was asked for and its answer was lost: it may or may not be durable.</summary>
    Unknown,

    /// <summary>One of its writes, which has been told so, left it unusable; nothing of it was made, and the others deserve another.</summary>
    Spoilt,

    /// <summary>One of its writes failed, and none had a savepoint of its own; nothing was made, and all of them deserve another try with one.</summary>
    Undivided,
}
