namespace NacGateway.Core.Tests.Accounting;

/// <summary>What becomes of one transmission of a record and of its answer.</summary>
internal enum Fate
{
    Arrives = 0,
    RequestLost,

    /// <summary>The server has written the record down, and nobody hears of it.</summary>
    ReplyLost,
    ReplyDoubled,

    /// <summary>The answer comes after the next datagram has.</summary>
    ReplyLate,
}
