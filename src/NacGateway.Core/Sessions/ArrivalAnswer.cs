namespace NacGateway.Core.Sessions;

/// <summary>What the gate answered to a client without a session.</summary>
public enum ArrivalAnswer
{
    None = 0,

    /// <summary>511, with the link to the portal.</summary>
    SignIn = 1,

    /// <summary>A connectivity probe that is known by host and path or by its User-Agent, and was redirected to the portal.</summary>
    Redirect = 2,

    /// <summary>A connectivity probe that is known, and got 511.</summary>
    Probe = 3,
}
