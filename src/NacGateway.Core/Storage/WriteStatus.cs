namespace NacGateway.Core.Storage;

/// <summary>What became of one write.</summary>
public enum WriteStatus
{
    /// <summary>It is durable.</summary>
    Committed = 0,

    /// <summary>Too many writes wait already; nothing was written.</summary>
    Busy,

    /// <summary>The database is locked, full or gone; nothing was written.</summary>
    Unavailable,
}
