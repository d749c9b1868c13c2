using System.Diagnostics;

namespace NacGateway.Core.Authentication;

/// <summary>The span of one step of a sign-in: how it ended and its reference, never who.</summary>
internal static class LoginTrace
{
    private static readonly ActivitySource s_source = new(LoginMetrics.MeterName);

    /// <summary>Begins it; null while nobody listens.</summary>
    /// <param name="number">How many challenges came before.</param>
    public static Activity? Begin(int number) => s_source.HasListeners() ? s_source.StartActivity("nacgateway.login")?.SetTag("nacgateway.step", number) : null;

    /// <summary>Says how it ended.</summary>
    public static void End(Activity? activity, LoginOutcome outcome)
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("nacgateway.outcome", outcome.GetType().Name);
            activity.SetTag("nacgateway.reference", outcome.Reference);

            // A user who is refused is no fault of anything; a password that could not be checked is.
            activity.SetStatus(
                outcome is LoginOutcome.NoAnswer or LoginOutcome.WrongSecret or LoginOutcome.MissingMessageAuthenticator or LoginOutcome.UnusableAccept or LoginOutcome.StorageUnavailable or LoginOutcome.Busy
                    ? ActivityStatusCode.Error
                    : ActivityStatusCode.Unset);
        }
    }
}
