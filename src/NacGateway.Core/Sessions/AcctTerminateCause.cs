namespace NacGateway.Core.Sessions;

/// <summary>Why a session ended (RFC 2866 section 5.10; 19 to 22 from RFC 3580 section 2.1).</summary>
public enum AcctTerminateCause
{
    None = 0,
    UserRequest = 1,
    LostCarrier = 2,
    LostService = 3,
    IdleTimeout = 4,
    SessionTimeout = 5,
    AdminReset = 6,
    AdminReboot = 7,
    PortError = 8,
    NasError = 9,
    NasRequest = 10,
    NasReboot = 11,
    PortUnneeded = 12,
    PortPreempted = 13,
    PortSuspended = 14,
    ServiceUnavailable = 15,
    Callback = 16,
    UserError = 17,
    HostRequest = 18,
    SupplicantRestart = 19,
    ReauthenticationFailure = 20,
    PortReinitialized = 21,
    PortAdministrativelyDisabled = 22,
}
