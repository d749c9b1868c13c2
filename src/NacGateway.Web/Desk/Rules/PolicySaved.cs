using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;

namespace NacGateway.Web.Desk.Rules;

/// <summary>What came of saving rules.</summary>
/// <param name="Applied">The version in force, and whether it is a new one.</param>
/// <param name="Live">What became of open sessions; null where they were not to be touched.</param>
internal sealed record PolicySaved(PolicyApplied Applied, LiveOutcome? Live)
{
    /// <summary>As a sentence.</summary>
    public string Words => Applied switch
    {
        { Errors.Count: > 0 } => "Nothing was saved: the document has errors.",
        { IsOvertaken: true } => $"Nothing was saved: somebody else saved version {Applied.Version} meanwhile.",
        { IsNew: false } => $"Nothing was changed: the document is that of version {Applied.Version}.",
        _ => $"Version {Applied.Version} is in force.{LiveWords}",
    };

    private string LiveWords => Live is null
        ? " Open sessions keep what they have."
        : $" {Live.Changed} sessions changed, {Live.Ended} ended, {Live.Missed} were gone or changed meanwhile, {Live.NotJudged} left as they are.";
}
