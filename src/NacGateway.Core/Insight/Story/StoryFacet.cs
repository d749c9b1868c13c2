namespace NacGateway.Core.Insight.Story;

/// <summary>What a line of a session's story belongs to.</summary>
public enum StoryFacet
{
    /// <summary>The session itself: its beginning and its end.</summary>
    Session = 0,

    /// <summary>How the client came and signed in.</summary>
    SignIn,

    /// <summary>What was told to the accounting servers.</summary>
    Accounting,

    /// <summary>What administrators, CoA clients and servers did to it.</summary>
    Admin,
}
