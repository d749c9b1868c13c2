namespace NacGateway.Web.Admin.Access;

/// <summary>Why a step of a sign-in did not succeed, in the words of the page. They are the same for every reason that a stranger must not learn.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Text">What it means, and what to do.</param>
/// <param name="Field">Id of the field to look at; null for none.</param>
/// <param name="Until">When to come back; null for at once.</param>
public sealed record SignInProblem(string Title, string Text, string? Field = null, DateTimeOffset? Until = null)
{
    internal static SignInProblem Refused { get; } = new("We could not sign you in", "The user name or the password is not right, this account may not use the desk, or no RADIUS server answered for it. Check both and try again.", "password");

    internal static SignInProblem NotAsked { get; } = new("The sign-in service is not answering", "Your password was not checked, so it is not wrong. Wait a minute and try again, or use a local account.");

    internal static SignInProblem Expired { get; } = new("This step took too long", "Start again.");

    internal static SignInProblem Busy { get; } = new("Too many sign-ins at once", "Wait a moment and try again.");

    internal static SignInProblem OldForm { get; } = new("This page was open too long", "Enter your password again. The page needs cookies.", "password");

    internal static SignInProblem WrongCode { get; } = new("That code did not work", "Enter a new one; each works once, and for half a minute.", "answer");

    internal static SignInProblem Missing(string field, string title) => new(title, "Both fields are needed.", field);

    internal static SignInProblem Paused(DateTimeOffset until) => new("Sign-in is paused for this account", "There were too many tries.", Until: until);
}
