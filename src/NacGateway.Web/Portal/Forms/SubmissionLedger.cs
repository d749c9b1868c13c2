using NacGateway.Core.Authentication;

namespace NacGateway.Web.Portal.Forms;

/// <summary>Makes forms single-use: a second press of the button, or a repeated POST, gets the outcome of the first and asks no server again.</summary>
internal sealed class SubmissionLedger(TimeProvider time)
{
    private const int Capacity = 20_000;

    private readonly ExpiringStore<UInt128, Submission> _used = new(time, FormTokens.Lifetime, Capacity);

    /// <summary>
    /// Runs <paramref name="signIn"/> for the first use of a form and returns its outcome to all uses. Null means that the form was
    /// used with other content before, as after "back" and a corrected password: it must be rendered anew.
    /// </summary>
    public async Task<LoginOutcome?> RunOnceAsync(FormToken token, UInt128 fingerprint, Func<Task<LoginOutcome>> signIn)
    {
        var submission = _used.GetOrAdd(token.Nonce, () => new Submission(fingerprint, new Lazy<Task<LoginOutcome>>(signIn)));
        if (submission.Fingerprint != fingerprint)
        {
            return null;
        }

        try
        {
            return await submission.Outcome.Value;
        }
        catch
        {
            // A fault is no outcome: the same form may be tried again.
            _used.Remove(token.Nonce);
            throw;
        }
    }
}
