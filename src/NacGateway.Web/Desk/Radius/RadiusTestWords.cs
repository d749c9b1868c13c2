using System.Globalization;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Client;

namespace NacGateway.Web.Desk.Radius;

/// <summary>The result of a test in words. They may hold foreign text: the server's name and its problem.</summary>
internal static class RadiusTestWords
{
    public static string Title(RadiusTestResult result) => result.Outcome switch
    {
        RadiusTestOutcome.Accepted => $"{result.ServerName} accepted the user{In(result)}.",
        RadiusTestOutcome.NotProved => $"{result.ServerName} accepted, but a sign-in would be refused.",
        RadiusTestOutcome.Rejected => $"{result.ServerName} refused the user{In(result)}.",
        RadiusTestOutcome.Challenged => $"{result.ServerName} asks for another factor{In(result)}.",
        RadiusTestOutcome.Throttled => "Too many failed tries: nothing was sent.",
        RadiusTestOutcome.NotSendable => "RADIUS cannot carry this: nothing was sent.",
        RadiusTestOutcome.NoServer => "There is no such server: nothing was sent.",
        _ => Unanswered(result),
    };

    public static string Explanation(RadiusTestResult result) => result.Outcome switch
    {
        RadiusTestOutcome.Accepted => "The password is right. No session was opened; whether the rules would let the user in, the simulator says.",
        RadiusTestOutcome.NotProved => $"{Sentence(result.Problem)} Look at the password store of the server, or at who answers in its name.",
        RadiusTestOutcome.Rejected => result.ReplyMessages.Count == 0 ? "It did not say why; its log does. The try counts as a failed one." : $"It says: {string.Join(" / ", result.ReplyMessages)}. The try counts as a failed one.",
        RadiusTestOutcome.Challenged => "The server answers, and the first step is right. The test ends here: a code is not asked for.",
        RadiusTestOutcome.Throttled => $"This user or your address has failed too often, here or at the portal. Try again at {Clock(result.Until)}.",
        RadiusTestOutcome.NotSendable => "A name has 1 to 253 octets without control characters, a password 1 to 128.",
        RadiusTestOutcome.NoServer => "It is not in Radius:Servers, or its name could not be resolved.",
        _ => Remedy(result),
    };

    private static string Unanswered(RadiusTestResult result) => result.Status switch
    {
        ExchangeStatus.WrongSecret => $"{result.ServerName} answers, but its replies cannot be believed: their authenticator is wrong.",
        ExchangeStatus.MissingMessageAuthenticator => $"{result.ServerName} answers, but without Message-Authenticator.",
        ExchangeStatus.Unreachable => $"{result.ServerName} cannot be reached.",
        ExchangeStatus.Refused => $"{result.ServerName} and this gateway do not believe each other's certificates.",
        ExchangeStatus.Busy => "The gateway has too many requests under way: nothing was sent.",
        ExchangeStatus.ProtocolError => $"{result.ServerName} says that it cannot serve the request.",
        ExchangeStatus.Answered => $"{result.ServerName} gave an answer that is none.",
        _ => $"{result.ServerName ?? "No server"} did not answer{In(result)}.",
    };

    private static string Remedy(RadiusTestResult result) => result.Problem is not null ? Sentence(result.Problem) : result.Status switch
    {
        ExchangeStatus.WrongSecret => "Most likely the shared secret differs. Compare it on both sides.",
        ExchangeStatus.MissingMessageAuthenticator => "Have the server sign its replies; without that they can be forged (CVE-2024-3596).",
        ExchangeStatus.Unreachable => "Nobody listens at its port, or there is no way to it.",
        ExchangeStatus.Busy => "Try again in a moment.",
        ExchangeStatus.ProtocolError => "Its log says why.",
        _ => "It may be down, not know this gateway as a client, or have another shared secret: a server that cannot check a request says nothing. Its log tells which.",
    };

    private static string In(RadiusTestResult result) => result.Exchange is { } exchange ? string.Create(CultureInfo.InvariantCulture, $" in {exchange.Elapsed.TotalMilliseconds:0} ms") : "";

    private static string Clock(DateTimeOffset? at) => at?.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "a later time";

    private static string Sentence(string? text) => string.IsNullOrEmpty(text) ? "" : char.ToUpperInvariant(text[0]) + text[1..] + (text.EndsWith('.') ? "" : ".");
}
