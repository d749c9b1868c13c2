using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>
/// One line and one measurement for each outcome, the line with its reference, and a notice of each refusal; ids 2500 to 2519. Knows names
/// and addresses, never a password or a State.
/// </summary>
internal sealed partial class LoginLog(ILogger<LoginService> log, LoginMetrics metrics, SessionFeed feed, TimeProvider time)
{
    public void Write(LoginVerdict verdict, string? user, IPAddress client, ExchangeResult? result, TimeSpan duration)
    {
        var (outcome, detail, decision) = verdict;
        metrics.Ended(outcome, duration);
        string server = result?.Server?.Name ?? "none";
        if (feed.IsHeard && outcome is not LoginOutcome.SignedIn and not LoginOutcome.Challenged)
        {
            Tell(verdict, user, client, result);
        }

        user ??= "unknown";
        if (decision is not null)
        {
            Log.Decided(log, outcome.Reference, decision.Words);
        }

        switch (outcome)
        {
            case LoginOutcome.SignedIn signedIn when !verdict.IsChecked:
                Log.SignedInUnchecked(log, outcome.Reference, user, client, signedIn.Session.Limits.SessionTimeout ?? TimeSpan.Zero, signedIn.Session.Limits.Role ?? "none");
                break;
            case LoginOutcome.SignedIn:
                Log.SignedIn(log, outcome.Reference, user, client, server);
                break;
            case LoginOutcome.Challenged:
                Log.Challenged(log, outcome.Reference, user, client, server);
                break;
            case LoginOutcome.Rejected or LoginOutcome.PasswordExpired or LoginOutcome.OutsideHours or LoginOutcome.AccountDisabled or LoginOutcome.NotPermitted:
                Log.Rejected(log, outcome.Reference, user, client, server, detail ?? outcome.GetType().Name);
                break;
            case LoginOutcome.Refused:
                Log.Refused(log, outcome.Reference, user, client, server, detail ?? "none");
                break;
            case LoginOutcome.UnusableAccept:
                Log.UnusableAccept(log, outcome.Reference, user, client, server, detail ?? "it cannot be honoured");
                break;
            case LoginOutcome.Throttled throttled:
                Log.Throttled(log, outcome.Reference, user, client, throttled.Until);
                break;
            case LoginOutcome.DeviceLimit limit:
                Log.DeviceLimit(log, outcome.Reference, user, client, limit.Current, limit.Maximum);
                break;
            case LoginOutcome.ChallengeExpired:
                Log.ChallengeExpired(log, outcome.Reference, client);
                break;
            case LoginOutcome.NotSendable:
                Log.NotSendable(log, outcome.Reference, client);
                break;
            default:
                WriteTrouble(outcome, user, client, result, server);
                break;
        }
    }

    private void Tell(LoginVerdict verdict, string? user, IPAddress client, ExchangeResult? result) => feed.Publish(new SessionNotice
    {
        At = time.GetUtcNow(),
        Kind = SessionNoticeKind.Refused,
        UserName = user,
        ClientAddress = ClientKey.From(client).ToString(),
        ServerName = result?.Server?.Name,
        Reference = verdict.Outcome.Reference,
        Reason = verdict.Outcome.GetType().Name,
        Text = RefusalWords.Whole(verdict, result?.Server?.Name),
    });

    private void WriteTrouble(LoginOutcome outcome, string user, IPAddress client, ExchangeResult? result, string server)
    {
        switch (outcome)
        {
            case LoginOutcome.NoAnswer:
                Log.NoAnswer(log, outcome.Reference, user, client, result?.Status ?? ExchangeStatus.NoServer, server, result?.Sends ?? 0, result?.Elapsed ?? TimeSpan.Zero);
                break;
            case LoginOutcome.WrongSecret:
                Log.WrongSecret(log, outcome.Reference, user, client, server);
                break;
            case LoginOutcome.MissingMessageAuthenticator:
                Log.MissingMessageAuthenticator(log, outcome.Reference, user, client, server);
                break;
            case LoginOutcome.StorageUnavailable:
                Log.StorageUnavailable(log, outcome.Reference, user, client);
                break;
            default:
                Log.Busy(log, outcome.Reference, user, client);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2500, LogLevel.Information, "{Reference}: {User} at {Client} is signed in, accepted by {Server}")]
        public static partial void SignedIn(ILogger logger, string reference, string user, IPAddress client, string server);

        [LoggerMessage(2501, LogLevel.Information, "{Reference}: {Server} asks {User} at {Client} for one more step")]
        public static partial void Challenged(ILogger logger, string reference, string user, IPAddress client, string server);

        [LoggerMessage(2502, LogLevel.Information, "{Reference}: {User} at {Client} was refused by {Server}: {Reason}")]
        public static partial void Rejected(ILogger logger, string reference, string user, IPAddress client, string server, string reason);

        [LoggerMessage(2503, LogLevel.Warning, "{Reference}: {Server} accepted {User} at {Client}, but nothing was granted: {Reason}. Correct what the server sends.")]
        public static partial void UnusableAccept(ILogger logger, string reference, string user, IPAddress client, string server, string reason);

        [LoggerMessage(2504, LogLevel.Information, "{Reference}: {User} at {Client} has to wait until {Until:u} after too many failed tries")]
        public static partial void Throttled(ILogger logger, string reference, string user, IPAddress client, DateTimeOffset until);

        [LoggerMessage(2505, LogLevel.Information, "{Reference}: {User} at {Client} has {Current} of {Maximum} devices online already (devices of the role, or Sessions:MaxPerUser)")]
        public static partial void DeviceLimit(ILogger logger, string reference, string user, IPAddress client, int current, int maximum);

        [LoggerMessage(2506, LogLevel.Information, "{Reference}: {Client} answered a challenge that is not there, was answered, or is older than five minutes")]
        public static partial void ChallengeExpired(ILogger logger, string reference, IPAddress client);

        [LoggerMessage(2507, LogLevel.Information, "{Reference}: {Client} typed a user name, password or answer that RADIUS cannot carry (RFC 2865 sections 5.1 and 5.2)")]
        public static partial void NotSendable(ILogger logger, string reference, IPAddress client);

        [LoggerMessage(2508, LogLevel.Warning, "{Reference}: no RADIUS server answered for {User} at {Client}: {Status}, last asked {Server}, {Sends} datagrams in {Elapsed}. Check that the servers of Radius:Servers run, can be reached, and know this gateway as a client.")]
        public static partial void NoAnswer(ILogger logger, string reference, string user, IPAddress client, ExchangeStatus status, string server, int sends, TimeSpan elapsed);

        [LoggerMessage(2509, LogLevel.Error, "{Reference}: {User} at {Client} could not be checked: replies of {Server} do not fit the shared secret. Set the same secret in Radius:Servers:N:Secret (or SecretFile) and on the server.")]
        public static partial void WrongSecret(ILogger logger, string reference, string user, IPAddress client, string server);

        [LoggerMessage(2510, LogLevel.Error, "{Reference}: {User} at {Client} could not be checked: {Server} replies without Message-Authenticator, and such replies are dropped, for they can be forged (CVE-2024-3596). Update the server or let it send Message-Authenticator. Only if it cannot and the path to it is trusted, set Radius:Servers:N:RequireMessageAuthenticator=false for it: then whoever sits on that path can turn a Reject into an Accept.")]
        public static partial void MissingMessageAuthenticator(ILogger logger, string reference, string user, IPAddress client, string server);

        [LoggerMessage(2511, LogLevel.Error, "{Reference}: {User} at {Client} was accepted, but the database could not record the session, so nothing was granted. Check Storage:ConnectionString and the disk.")]
        public static partial void StorageUnavailable(ILogger logger, string reference, string user, IPAddress client);

        [LoggerMessage(2512, LogLevel.Warning, "{Reference}: {User} at {Client} was told to come back: too many sign-ins at once")]
        public static partial void Busy(ILogger logger, string reference, string user, IPAddress client);

        [LoggerMessage(2514, LogLevel.Warning, "{Reference}: no RADIUS server answered, and the rules let {User} at {Client} in for {Time} under role {Role}; the password was not checked")]
        public static partial void SignedInUnchecked(ILogger logger, string reference, string user, IPAddress client, TimeSpan time, string role);

        [LoggerMessage(2515, LogLevel.Debug, "{Reference}: {Words}")]
        public static partial void Decided(ILogger logger, string reference, string words);

        [LoggerMessage(2516, LogLevel.Information, "{Reference}: {User} at {Client} was refused by rule {Rule}; asked server: {Server}")]
        public static partial void Refused(ILogger logger, string reference, string user, IPAddress client, string server, string rule);
    }
}
