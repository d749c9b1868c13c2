using NacGateway.Core.Authentication;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Each outcome of a sign-in in plain words: one title and one sentence a cause, never a code of the protocol.</summary>
internal sealed class OutcomeTexts(PageContext page, TimeProvider time)
{
    private readonly PortalTexts _texts = page.Language.Texts;

    /// <summary>The words for an outcome that opened no session.</summary>
    /// <param name="outcome">What Core said.</param>
    /// <param name="secondStep">Whether it came of a challenge's answer: then a rejection is about the code.</param>
    public Problem Describe(LoginOutcome outcome, bool secondStep) => outcome switch
    {
        LoginOutcome.Rejected rejected => Words(secondStep ? "ChallengeWrong" : "Rejected", outcome) with { Messages = Shown(rejected.Messages) },
        LoginOutcome.PasswordExpired => PasswordExpired(outcome),
        LoginOutcome.Throttled throttled => Words("Throttled", outcome) with { Body = _texts.Format("Throttled_Body", When(throttled.Until)) },
        LoginOutcome.DeviceLimit limit => Words("DeviceLimit", outcome) with { Title = _texts.Format("DeviceLimit_Title", limit.Current, limit.Maximum) },
        LoginOutcome.OutsideHours => Words("OutsideHours", outcome),
        LoginOutcome.AccountDisabled => Words("AccountDisabled", outcome),
        LoginOutcome.NotPermitted => Words("NotPermitted", outcome),

        // An administrator of this gateway wrote it, not a server: it is shown in any case.
        LoginOutcome.Refused refused => Words("Refused", outcome) with { Messages = UntrustedText.CleanAll(refused.Message is null ? [] : [refused.Message]) },
        LoginOutcome.NoAnswer => Words("NoAnswer", outcome),
        LoginOutcome.WrongSecret => Words("WrongSecret", outcome),
        LoginOutcome.MissingMessageAuthenticator => Words("MissingMessageAuthenticator", outcome),
        LoginOutcome.UnusableAccept => Words("UnusableAccept", outcome),
        LoginOutcome.ChallengeExpired => Words("ChallengeExpired", outcome),
        LoginOutcome.NotSendable => Words("NotSendable", outcome),
        LoginOutcome.StorageUnavailable => Words("StorageUnavailable", outcome),
        LoginOutcome.Busy => Words("Busy", outcome),
        _ => Words("Unexpected", outcome),
    };

    /// <summary>Status of the page: the person's entries (422), too many tries (429), or the service (503).</summary>
    public static int Status(LoginOutcome outcome) => outcome switch
    {
        LoginOutcome.Throttled => StatusCodes.Status429TooManyRequests,
        LoginOutcome.NoAnswer or LoginOutcome.WrongSecret or LoginOutcome.MissingMessageAuthenticator or LoginOutcome.UnusableAccept
            or LoginOutcome.StorageUnavailable or LoginOutcome.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Whether the form is worth showing: not while trying again would change nothing.</summary>
    public static bool OffersForm(LoginOutcome outcome) => outcome is not (LoginOutcome.Throttled or LoginOutcome.PasswordExpired);

    /// <summary>Whether the entries were not to blame, so that the button says "Try again".</summary>
    public static bool IsOurs(LoginOutcome outcome) => Status(outcome) == StatusCodes.Status503ServiceUnavailable;

    private Problem PasswordExpired(LoginOutcome outcome)
    {
        var words = Words("PasswordExpired", outcome);
        return page.Site.PasswordUrl is { } url
            ? words with { Body = _texts.Format("PasswordExpired_BodyAt", url.Host + url.AbsolutePath.TrimEnd('/')) }
            : words;
    }

    private Problem Words(string key, LoginOutcome outcome) => new(_texts[$"{key}_Title"], _texts[$"{key}_Body"], outcome.Reference);

    private IReadOnlyList<string> Shown(IReadOnlyList<string> messages) => page.Site.ShowReplyMessages ? UntrustedText.CleanAll(messages) : [];

    private string When(DateTimeOffset instant)
    {
        // To the next full minute: at the minute shown the pause must really be over.
        var (date, clock) = HumanUnits.Instant(time, instant.AddTicks(TimeSpan.TicksPerMinute - 1));
        return date is null ? clock : $"{date} {clock}";
    }
}
