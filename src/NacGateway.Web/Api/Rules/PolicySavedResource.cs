using NacGateway.Core.Insight.DryRun;

namespace NacGateway.Web.Api.Rules;

/// <summary>What came of saving rules.</summary>
/// <param name="Version">The version in force.</param>
/// <param name="IsNew">Whether it was made by this request; otherwise the document was in force already.</param>
/// <param name="OpenSessions">What became of open sessions; null where they were not touched.</param>
public sealed record PolicySavedResource(int Version, bool IsNew, LiveOutcome? OpenSessions);
