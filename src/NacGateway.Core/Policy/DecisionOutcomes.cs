namespace NacGateway.Core.Policy;

/// <summary>Words of <see cref="PolicyDecision.Outcome"/> that are decided below the sign-in; the others are the names of its outcomes.</summary>
public static class DecisionOutcomes
{
    /// <summary>The user has as many devices online as allowed.</summary>
    public const string DeviceLimit = "DeviceLimit";

    /// <summary>A server was asked again about an open session, and accepted it.</summary>
    public const string Renewed = "Renewed";

    /// <summary>A server was asked again about an open session, and did not accept it.</summary>
    public const string NotRenewed = "NotRenewed";
}
