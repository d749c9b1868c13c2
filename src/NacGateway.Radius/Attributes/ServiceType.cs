namespace NacGateway.Radius.Attributes;

/// <summary>Values of Service-Type (RFC 2865 section 5.6, RFC 5176 section 3.2). A value that is not named here is kept as its number.</summary>
public enum ServiceType : uint
{
    /// <summary>Not a service.</summary>
    None = 0,

    /// <summary>Login to a host.</summary>
    Login = 1,

    /// <summary>A framed protocol: network access.</summary>
    Framed = 2,

    /// <summary>Called back, then login.</summary>
    CallbackLogin = 3,

    /// <summary>Called back, then framed.</summary>
    CallbackFramed = 4,

    /// <summary>Access to outgoing devices.</summary>
    Outbound = 5,

    /// <summary>Administration of the NAS with privileges.</summary>
    Administrative = 6,

    /// <summary>A prompt of the NAS without privileges.</summary>
    NasPrompt = 7,

    /// <summary>Authentication only, no authorisation wanted.</summary>
    AuthenticateOnly = 8,

    /// <summary>Called back, then a prompt of the NAS.</summary>
    CallbackNasPrompt = 9,

    /// <summary>The station is to be checked by its identifier, as MAC authentication does (RFC 5080 section 2.1.1).</summary>
    CallCheck = 10,

    /// <summary>Called back, then administration.</summary>
    CallbackAdministrative = 11,

    /// <summary>Authorisation only, with the State of a CoA-Request (RFC 5176 section 3.2).</summary>
    AuthorizeOnly = 17,
}
