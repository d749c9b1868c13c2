namespace NacGateway.Radius.Attributes;

/// <summary>Values of Prompt in an Access-Challenge (RFC 2869 section 5.10).</summary>
public enum Prompt : uint
{
    /// <summary>The answer is not shown while it is typed.</summary>
    NoEcho = 0,

    /// <summary>The answer is shown.</summary>
    Echo = 1,
}
