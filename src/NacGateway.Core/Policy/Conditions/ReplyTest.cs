namespace NacGateway.Core.Policy.Conditions;

/// <summary>How a value of a reply attribute is compared.</summary>
internal enum ReplyTest
{
    /// <summary>The whole value; text without regard to case.</summary>
    Is,

    /// <summary>A part of the text, without regard to case.</summary>
    Contains,

    /// <summary>The beginning of the text, without regard to case.</summary>
    StartsWith,

    /// <summary>That there is one at all.</summary>
    Present,
}
