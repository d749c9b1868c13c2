namespace NacGateway.Radius.Attributes;

/// <summary>Values of Termination-Action (RFC 2865 section 5.29).</summary>
public enum TerminationAction : uint
{
    /// <summary>The session ends.</summary>
    Default = 0,

    /// <summary>At its end a new Access-Request is sent, with the State of the Access-Accept.</summary>
    RadiusRequest = 1,
}
