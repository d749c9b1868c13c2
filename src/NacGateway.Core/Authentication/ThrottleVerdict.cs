namespace NacGateway.Core.Authentication;

/// <summary>What a try tells the throttle.</summary>
internal enum ThrottleVerdict
{
    /// <summary>Nothing: the password was not checked, or the sign-in goes on.</summary>
    Neutral = 0,

    /// <summary>The server refused.</summary>
    Failure,

    /// <summary>The password was right.</summary>
    Success,
}
