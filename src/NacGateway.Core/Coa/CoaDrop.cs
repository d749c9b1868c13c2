namespace NacGateway.Core.Coa;

/// <summary>Why an authentic request gets no answer.</summary>
internal enum CoaDrop
{
    /// <summary>It is another kind of request.</summary>
    OtherRequest = 0,

    /// <summary>Its client sends more than it may.</summary>
    TooMany,

    /// <summary>Its Event-Timestamp is not of now: it may be a recorded one (RFC 5176 section 6.3).</summary>
    Stale,

    /// <summary>It has no Event-Timestamp, and the settings want one.</summary>
    NoTimestamp,
}
