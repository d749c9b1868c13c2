namespace NacGateway.Web.Desk.Overview;

/// <summary>Something that a person should look at.</summary>
/// <param name="Key">Names it.</param>
/// <param name="Severity">Such as bad or warn.</param>
/// <param name="What">What is the matter.</param>
/// <param name="Why">What it means for users, and what to do.</param>
/// <param name="Rule">From when on it is said.</param>
/// <param name="Since">Since when; null where that says nothing.</param>
public sealed record AttentionReport(string Key, string Severity, string What, string Why, string Rule, DateTimeOffset? Since);
