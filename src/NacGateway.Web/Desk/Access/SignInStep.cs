namespace NacGateway.Web.Desk.Access;

/// <summary>How one step ended, with what only the audit trail should know.</summary>
/// <param name="Outcome">What the person is told.</param>
/// <param name="Why">Why nobody was let in; null where somebody was, or it goes on.</param>
internal sealed record SignInStep(SignInOutcome Outcome, string? Why = null)
{
    public static SignInStep Refused(string why) => new(new SignInOutcome.Refused(), why);
}
