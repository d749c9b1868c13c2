using System.Globalization;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>How asking a server ended, in the words that tell an administrator where to look.</summary>
public static class ExchangeWords
{
    /// <summary>As part of a sentence that begins with the server.</summary>
    public static string Of(ExchangeStatus? status) => status switch
    {
        null => "had not answered yet when another server did",
        ExchangeStatus.Answered => "answered",
        ExchangeStatus.TimedOut => "did not reply",
        ExchangeStatus.WrongSecret => "replied, but the reply was dropped: Message-Authenticator or Response Authenticator wrong (shared secret?)",
        ExchangeStatus.MissingMessageAuthenticator => "replied, but the reply was dropped: it has no Message-Authenticator",
        ExchangeStatus.Unreachable => "could not be reached: its port is closed, or there is no way to it",
        ExchangeStatus.NoServer => "was not there to ask: its name is not resolved",
        ExchangeStatus.Busy => "was not asked: the gateway had as many requests in flight as its sockets can tell apart",
        ExchangeStatus.Refused => "was not asked: one side refused the TLS handshake",
        ExchangeStatus.ProtocolError => "answered that it cannot serve the request (Protocol-Error)",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There are no words for this status."),
    };

    /// <summary>A time that something took.</summary>
    public static string Of(TimeSpan elapsed) => elapsed.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s");
}
