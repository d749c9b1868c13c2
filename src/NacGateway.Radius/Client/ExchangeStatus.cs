namespace NacGateway.Radius.Client;

/// <summary>Why an exchange ended. The reasons for silence are told apart because the remedy differs.</summary>
public enum ExchangeStatus
{
    /// <summary>An authentic reply came.</summary>
    Answered = 0,

    /// <summary>Nothing came from any server within the budget.</summary>
    TimedOut,

    /// <summary>Replies came, but their authenticator was wrong: most likely the shared secret differs.</summary>
    WrongSecret,

    /// <summary>Authentic replies came without Message-Authenticator, and the server's setting requires it.</summary>
    MissingMessageAuthenticator,

    /// <summary>The port answered with ICMP unreachable, or the datagram could not be sent.</summary>
    Unreachable,

    /// <summary>There is no server to ask.</summary>
    NoServer,

    /// <summary>As many requests are in flight as the client's sockets can tell apart; nothing was sent.</summary>
    Busy,

    /// <summary>The TLS handshake was refused by one side; <see cref="ExchangeResult.Problem"/> says why.</summary>
    Refused,

    /// <summary>The server answered, authentically, that it cannot serve the request (Protocol-Error, RFC 7930 section 4); the reply's Error-Cause says why.</summary>
    ProtocolError,
}
