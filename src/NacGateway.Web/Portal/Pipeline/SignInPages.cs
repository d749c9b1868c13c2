using System.Text;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Enforcement.Leases;
using NacGateway.Core.Sessions;
using NacGateway.Web.Portal.Forms;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>The first step: the sign-in form, and what becomes of it.</summary>
internal sealed class SignInPages(
    LoginService login,
    SessionTable sessions,
    FormTokens tokens,
    SubmissionLedger ledger,
    PendingChallenges challenges,
    TimeProvider time,
    IOptions<PortalOptions> options,
    FormRefusals refusals,
    DeviceLookup devices)
{
    private const int MaxUserName = 253;
    private const int MaxPassword = 128;

    /// <summary>GET: the form, or the status page for who is signed in already.</summary>
    public PortalResult Show(PortalRequest request)
    {
        if (sessions.TryGet(request.Client, out _))
        {
            return new PortalResult.SeeOther("/portal/status");
        }

        // Our own https listener is there for the password; a proxy in front that ends TLS is not seen from here and not second-guessed.
        if (!request.Http.Request.IsHttps && !string.IsNullOrEmpty(options.Value.ListenHttps) && request.Page.PublicUrl.StartsWith("https:", StringComparison.Ordinal))
        {
            return ToSecurePage(request);
        }

        return Form(request, new SignInModel { Problem = Farewell(request) }, StatusCodes.Status200OK);
    }

    /// <summary>POST: one sign-in for one form, however often it is sent.</summary>
    public async Task<PortalResult> SubmitAsync(PortalRequest request, IFormCollection form)
    {
        var entries = new SignInModel { UserName = form["username"].ToString(), TermsAccepted = form["terms"].Count > 0 };
        var password = form["password"].ToString();
        var verdict = tokens.Check(form["token"], FormPurpose.SignIn, request.Client, FormTokens.Lifetime, out var token);
        if (RequestOrigin.IsForeign(request.Http.Request, request.Page.PublicHost))
        {
            verdict = FormTokenVerdict.ForeignSite;
        }

        if (verdict != FormTokenVerdict.Good)
        {
            refusals.Note(FormPurpose.SignIn, request.Client, verdict);
            return Form(request, entries with { Problem = Words(request, "FormExpired") }, StatusCodes.Status400BadRequest);
        }

        if (Incomplete(request, entries, password) is { } incomplete)
        {
            return Form(request, incomplete, StatusCodes.Status422UnprocessableEntity);
        }

        var attempt = new LoginAttempt { ClientAddress = request.Client, UserName = entries.UserName.Normalize(NormalizationForm.FormC), Password = password, CallingStationId = devices.Find(request.Client)?.ToString() };

        // Not the request's own cancellation: a browser that gives up must not undo what a second press of the button waits for.
        var outcome = await ledger.RunOnceAsync(token, tokens.Fingerprint(attempt.UserName, password), () => login.LoginAsync(attempt, CancellationToken.None));
        return outcome is null
            ? Form(request, entries with { Problem = Words(request, "FormUsed") }, StatusCodes.Status422UnprocessableEntity)
            : Answer(request, outcome, entries, secondStep: false);
    }

    /// <summary>The page that follows an outcome, of either step.</summary>
    public PortalResult Answer(PortalRequest request, LoginOutcome outcome, SignInModel entries, bool secondStep)
    {
        switch (outcome)
        {
            case LoginOutcome.SignedIn:
                return new PortalResult.SeeOther("/portal/status");
            case LoginOutcome.Challenged challenged:
                challenges.Set(request.Client, new PendingChallenge(challenged.ChallengeId, challenged.UserName, challenged.Messages, challenged.Echo));
                return new PortalResult.SeeOther("/portal/challenge");
        }

        var problem = new OutcomeTexts(request.Page, time).Describe(outcome, secondStep);
        var model = entries with { Problem = problem, Again = OutcomeTexts.IsOurs(outcome) };
        var page = Form(request, model, OutcomeTexts.Status(outcome), withForm: OutcomeTexts.OffersForm(outcome), pairRefused: outcome is LoginOutcome.Rejected && !secondStep);
        return outcome is LoginOutcome.Throttled { Until: var until }
            ? page with { RetryAfter = Math.Max(1, (long)Math.Ceiling((until - time.GetUtcNow()).TotalSeconds)) }
            : page;
    }

    /// <summary>The form with something to say on top of it.</summary>
    public PortalResult.Page Form(PortalRequest request, SignInModel model, int status, bool withForm = true, bool pairRefused = false) => new(
        status,
        typeof(SignInPage),
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SignInPage.Model)] = model with { Token = withForm ? tokens.Issue(FormPurpose.SignIn, request.Client) : null },
            [nameof(SignInPage.PairRefused)] = pairRefused,
        })
    {
        Reflects = model.UserName.Length > 0 || model.Problem?.Messages is { Count: > 0 },
    };

    /// <summary>A problem in the words of a key.</summary>
    public static Problem Words(PortalRequest request, string key) => new(request.T($"{key}_Title"), request.T($"{key}_Body"));

    /// <summary>Why the session was ended, where a server did it and said so (RFC 5176 section 3.6 note 2).</summary>
    private Problem? Farewell(PortalRequest request) => request.Page.Site.ShowReplyMessages && sessions.Farewells.Find(request.Client) is { } message
        ? Words(request, "Offline") with { Messages = UntrustedText.CleanAll(message.Split('\n')) }
        : null;

    private static PortalResult.Page ToSecurePage(PortalRequest request)
    {
        var target = request.Page.PublicUrl + request.Page.Link("/portal");
        return new PortalResult.Page(StatusCodes.Status200OK, typeof(NoticePage), new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(NoticePage.Title)] = request.T("Secure_Title"),
            [nameof(NoticePage.Body)] = request.T("Secure_Body"),
            [nameof(NoticePage.Button)] = request.T("Secure_Button"),
            [nameof(NoticePage.Target)] = target,
            [nameof(NoticePage.RefreshTo)] = target,
        });
    }

    private static SignInModel? Incomplete(PortalRequest request, SignInModel entries, string password)
    {
        var fields = new FieldErrors(
            UserName: entries.UserName.Length == 0 ? request.T("UserName_Field") : entries.UserName.Any(char.IsControl) ? request.T("UserName_Characters") : null,
            Password: password.Length == 0 ? request.T("Password_Field") : null);
        if (!fields.IsEmpty)
        {
            return entries with { Fields = fields, Problem = Words(request, "Incomplete") };
        }

        if (Encoding.UTF8.GetByteCount(entries.UserName) > MaxUserName || Encoding.UTF8.GetByteCount(password) > MaxPassword)
        {
            return entries with { UserName = string.Empty, Problem = Words(request, "NotSendable") };
        }

        return request.Page.Site.RequireTerms && !entries.TermsAccepted
            ? entries with { Fields = new FieldErrors(Terms: request.T("TermsMissing_Field")), Problem = Words(request, "TermsMissing") }
            : null;
    }
}
