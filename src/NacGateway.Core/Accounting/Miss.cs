namespace NacGateway.Core.Accounting;

/// <summary>What an offer in vain says.</summary>
/// <param name="Attempts">How often that happened to the record; 0 when a later one of its session has taken its place and it is not sent any more.</param>
/// <param name="IsTelling">Whether it says anything of the servers: not where they keep acknowledging others and not this session.</param>
internal readonly record struct Miss(int Attempts, bool IsTelling);
