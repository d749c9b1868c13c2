using NacGateway.Core.Authentication;
using NacGateway.Web.Portal.Forms;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>The second step, when the RADIUS server asks for one.</summary>
internal sealed class ChallengePages(LoginService login, FormTokens tokens, SubmissionLedger ledger, PendingChallenges challenges, SignInPages signIn, FormRefusals refusals)
{
    /// <summary>GET: the question, or the start if there is none.</summary>
    public PortalResult Show(PortalRequest request) => challenges.TryGet(request.Client, out var challenge)
        ? Form(request, challenge, StatusCodes.Status200OK)
        : new PortalResult.SeeOther("/portal");

    /// <summary>POST: the answer.</summary>
    public async Task<PortalResult> SubmitAsync(PortalRequest request, IFormCollection form)
    {
        // The challenge itself ends after a time of its own; the form needs no other.
        var verdict = tokens.Check(form["token"], FormPurpose.Challenge, request.Client, lifetime: null, out var token);
        if (RequestOrigin.IsForeign(request.Http.Request, request.Page.PublicHost))
        {
            verdict = FormTokenVerdict.ForeignSite;
        }

        var entries = new SignInModel { UserName = UntrustedText.Clean(form["username"].ToString(), 253) };
        if (verdict != FormTokenVerdict.Good)
        {
            refusals.Note(FormPurpose.Challenge, request.Client, verdict);
            return signIn.Form(request, entries with { Problem = SignInPages.Words(request, "ChallengeExpired") }, StatusCodes.Status400BadRequest);
        }

        var typed = form["answer"].ToString();
        if (typed.Length == 0 && challenges.TryGet(request.Client, out var open) && string.Equals(open.ChallengeId, token.Subject, StringComparison.Ordinal))
        {
            return Form(request, open, StatusCodes.Status422UnprocessableEntity, SignInPages.Words(request, "Incomplete"), new FieldErrors(Answer: request.T("Answer_Field")));
        }

        var answer = new ChallengeAnswer { ClientAddress = request.Client, ChallengeId = token.Subject, Answer = typed };
        var outcome = await ledger.RunOnceAsync(token, tokens.Fingerprint(token.Subject, typed), () => login.AnswerAsync(answer, CancellationToken.None));
        if (outcome is null)
        {
            return signIn.Form(request, entries with { Problem = SignInPages.Words(request, "FormUsed") }, StatusCodes.Status422UnprocessableEntity);
        }

        challenges.Remove(request.Client, token.Subject);
        return signIn.Answer(request, outcome, entries, secondStep: true);
    }

    private PortalResult.Page Form(PortalRequest request, PendingChallenge challenge, int status, Problem? problem = null, FieldErrors? fields = null) => new(
        status,
        typeof(ChallengePage),
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ChallengePage.Model)] = new ChallengeModel
            {
                Token = tokens.Issue(FormPurpose.Challenge, request.Client, challenge.ChallengeId),
                UserName = challenge.UserName,
                Messages = UntrustedText.CleanAll(challenge.Messages),
                Echo = challenge.Echo,
                Problem = problem,
                Fields = fields ?? FieldErrors.None,
            },
        })
    {
        Reflects = true,
    };
}
