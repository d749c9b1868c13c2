namespace NacGateway.Radius.Crypto;

/// <summary>What the checks of one packet found; each bad value is a reason to drop it and has its own counter.</summary>
public enum PacketVerdict
{
    /// <summary>Authenticator and Message-Authenticator are right.</summary>
    Authentic = 0,

    /// <summary>The authenticator is right and there is no Message-Authenticator; whether that is enough is the server's setting.</summary>
    AuthenticWithoutMessageAuthenticator,

    /// <summary>The Request or Response Authenticator is wrong: another secret, or a forgery.</summary>
    WrongAuthenticator,

    /// <summary>A Message-Authenticator is there and wrong.</summary>
    WrongMessageAuthenticator,

    /// <summary>More than one Message-Authenticator, or one of another length than 16 octets.</summary>
    MalformedMessageAuthenticator,

    /// <summary>The packet carries EAP-Message and no Message-Authenticator (RFC 3579 section 3.1).</summary>
    EapWithoutMessageAuthenticator,
}
