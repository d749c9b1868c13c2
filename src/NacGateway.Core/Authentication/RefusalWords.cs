namespace NacGateway.Core.Authentication;

/// <summary>Says in words why a step of a sign-in was refused.</summary>
internal static class RefusalWords
{
    private const int LongestMessage = 253;

    /// <summary>What the record of a refusal, or of a challenge, begins with; null for what is recorded elsewhere or in other words.</summary>
    public static string? Of(LoginVerdict verdict, string? serverName)
    {
        var server = serverName ?? "no server";
        return verdict.Outcome switch
        {
            LoginOutcome.Rejected => $"{server} rejected it{(verdict.Detail is null ? string.Empty : $": {verdict.Detail}")}.",
            LoginOutcome.PasswordExpired => $"{server} rejected it: the password has expired.",
            LoginOutcome.OutsideHours => $"{server} rejected it: outside the hours of the account.",
            LoginOutcome.AccountDisabled => $"{server} rejected it: the account is disabled.",
            LoginOutcome.NotPermitted => $"{server} rejected it: the account may not use this network.",
            LoginOutcome.WrongSecret => $"What {server} said could not be believed: its shared secret is another.",
            LoginOutcome.MissingMessageAuthenticator => $"What {server} said could not be believed: it came without Message-Authenticator.",
            LoginOutcome.UnusableAccept => $"{server} answered.",
            LoginOutcome.Refused => verdict.Decision is null || serverName is null || !verdict.IsChecked ? string.Empty : $"{server} accepted.",
            LoginOutcome.NoAnswer => string.Empty,
            LoginOutcome.Challenged => $"{server} asked for one more step.",
            _ => null,
        };
    }

    /// <summary>As a sentence that stands alone, of every refusal; with what the server said to the user, which is untrusted text.</summary>
    public static string Whole(LoginVerdict verdict, string? serverName) => verdict.Outcome switch
    {
        LoginOutcome.Rejected { Messages: [var message, ..] } => $"{Of(verdict, serverName)} Reply-Message: {(message.Length <= LongestMessage ? message : message[..LongestMessage])}",
        LoginOutcome.UnusableAccept => $"{serverName ?? "A server"} accepted, but nothing was granted: {verdict.Detail ?? "it cannot be honoured"}.",
        LoginOutcome.Refused => $"Refused by rule {verdict.Detail ?? "none"}.",
        LoginOutcome.NoAnswer => "No RADIUS server answered.",
        LoginOutcome.Throttled throttled => $"Too many failed tries; has to wait until {throttled.Until:u}.",
        LoginOutcome.DeviceLimit limit => $"{limit.Current} of {limit.Maximum} devices were online already.",
        LoginOutcome.ChallengeExpired => "The challenge is not there, was answered, or is older than five minutes.",
        LoginOutcome.NotSendable => "RADIUS cannot carry what was typed.",
        LoginOutcome.StorageUnavailable => "The database could not record the session.",
        LoginOutcome.Busy => "Too many sign-ins at once.",
        _ => Of(verdict, serverName) ?? verdict.Outcome.GetType().Name,
    };
}
