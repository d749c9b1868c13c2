namespace NacGateway.Core.Insight.Story;

/// <summary>How a line of a session's story is to be marked.</summary>
public enum StoryMark
{
    Plain = 0,
    Good,
    Warn,
    Bad,
    Info,
    Admin,
}
