namespace NacGateway.Core.Insight.Acts;

/// <summary>What became of an act on one session.</summary>
public enum ActFate
{
    None = 0,

    /// <summary>It was done, and is durable.</summary>
    Done,

    /// <summary>There was nothing to do: the session was so already.</summary>
    Skipped,

    /// <summary>It could not be done; the words say why.</summary>
    Failed,
}
