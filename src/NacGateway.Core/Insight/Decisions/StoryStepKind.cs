namespace NacGateway.Core.Insight.Decisions;

/// <summary>What a step of a story tells.</summary>
public enum StoryStepKind
{
    None = 0,

    /// <summary>How the client came before.</summary>
    Came,

    /// <summary>Who asked, from where.</summary>
    Asked,

    /// <summary>A server that was asked, and what came of it.</summary>
    Tried,

    /// <summary>What the server answered that counted.</summary>
    Answered,

    /// <summary>A rule that did not hold.</summary>
    RuleMissed,

    /// <summary>The rule that held.</summary>
    RuleHeld,

    /// <summary>Rules that were not asked, or words about all of them.</summary>
    Rules,

    /// <summary>What was given.</summary>
    Given,

    /// <summary>Why nothing was given.</summary>
    Denied,

    /// <summary>What came after.</summary>
    After,
}
