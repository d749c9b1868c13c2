namespace NacGateway.Core.Tests.Authentication.MutatedReplies;

/// <summary>What has to come of a reply.</summary>
internal enum ReplyVerdict
{
    /// <summary>It is read past, and the right reply that comes later is taken.</summary>
    Discarded,

    /// <summary>Nobody gets in by it.</summary>
    Refused,

    /// <summary>It is taken, with the limits that the case says.</summary>
    Granted,
}
