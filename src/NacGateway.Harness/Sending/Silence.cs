using System.Globalization;
using NacGateway.Radius.Client;
using NacGateway.Radius.Transport;

namespace NacGateway.Harness.Sending;

/// <summary>Why no answer may be believed, in words and with the remedy.</summary>
internal static class Silence
{
    public static string Explain(SendStep step)
    {
        var server = step.Peer;
        return step.Status switch
        {
            _ when step.Problem is { } problem => problem + ".",
            ExchangeStatus.WrongSecret =>
                $"{server} answered, but the Response Authenticator is wrong: the server has another shared secret. Give the same on both sides.",
            ExchangeStatus.MissingMessageAuthenticator =>
                $"{server} answered without Message-Authenticator, and such a reply can be forged (CVE-2024-3596). Have the server sign its replies, or let it pass with --allow-missing-message-authenticator.",
            ExchangeStatus.Unreachable =>
                $"nobody listens at {server}, or there is no way to it. Start the server, or correct --server.",
            _ when step.Drops.ContainsKey(DropReason.WrongMessageAuthenticator) =>
                $"{server} answered, but the Message-Authenticator is wrong: a forgery, or a proxy that changes replies.",
            _ => string.Create(CultureInfo.InvariantCulture, $"nothing that answers the request came from {server} within {step.Elapsed.TotalSeconds:0.##} s. ")
                + "Either no RADIUS server runs there, or it drops the request without a word because it does not know this client's address or has another shared secret: its log says which, and nac-harness probe may find out.",
        };
    }
}
