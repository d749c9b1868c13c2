namespace NacGateway.Web.Desk.Overview;

/// <summary>How often sign-ins failed for a reason.</summary>
/// <param name="Reason">The reason, as the filter of decisions takes it.</param>
/// <param name="Words">The reason in words.</param>
/// <param name="Count">How often.</param>
public sealed record ReasonCount(string Reason, string Words, int Count);
