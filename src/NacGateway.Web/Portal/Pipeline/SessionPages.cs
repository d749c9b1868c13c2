using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;
using NacGateway.Web.Portal.Forms;
using NacGateway.Web.Portal.Pages;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>What a signed-in person sees: status, log-off, good-bye.</summary>
internal sealed class SessionPages(SessionTable sessions, SessionManager manager, FormTokens tokens, TimeProvider time, FormRefusals refusals)
{
    /// <summary>Time left, traffic and the log-off button; without a session the way to one.</summary>
    public PortalResult Status(PortalRequest request) => sessions.TryGet(request.Client, out var session)
        ? Page(request, session, StatusCodes.Status200OK)
        : Notice(request, "Offline", "SignIn_Link");

    /// <summary>Ends the session of this device, and says so only once that is durable.</summary>
    public async Task<PortalResult> LogOffAsync(PortalRequest request, IFormCollection form)
    {
        if (!sessions.TryGet(request.Client, out var session))
        {
            return new PortalResult.SeeOther("/portal/bye");
        }

        // Good as long as the session it names: a status page may stay open all day.
        var verdict = tokens.Check(form["token"], FormPurpose.LogOff, request.Client, lifetime: null, out var token);
        if (RequestOrigin.IsForeign(request.Http.Request, request.Page.PublicHost))
        {
            verdict = FormTokenVerdict.ForeignSite;
        }

        if (verdict != FormTokenVerdict.Good || !string.Equals(token.Subject, session.AcctSessionId, StringComparison.Ordinal))
        {
            refusals.Note(FormPurpose.LogOff, request.Client, verdict);
            return Page(request, session, StatusCodes.Status400BadRequest, SignInPages.Words(request, "LogOffRepeat"));
        }

        await manager.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, CancellationToken.None);
        return new PortalResult.SeeOther("/portal/bye");
    }

    /// <summary>Puts away what an administrator wrote; what was written since stays. A token that is not good changes nothing.</summary>
    public async Task<PortalResult> PutAwayAsync(PortalRequest request, IFormCollection form)
    {
        var verdict = tokens.Check(form["token"], FormPurpose.Notice, request.Client, lifetime: null, out var token);
        verdict = RequestOrigin.IsForeign(request.Http.Request, request.Page.PublicHost) ? FormTokenVerdict.ForeignSite : verdict;
        if (verdict != FormTokenVerdict.Good)
        {
            refusals.Note(FormPurpose.Notice, request.Client, verdict);
        }
        else if (sessions.TryGet(request.Client, out var session) && string.Equals(token.Subject, Subject(session), StringComparison.Ordinal))
        {
            await manager.ChangeAsync([new SessionChange { AcctSessionId = session.AcctSessionId, Notice = "" }], also: null, CancellationToken.None);
        }

        return new PortalResult.SeeOther("/portal/status");
    }

    /// <summary>After log-off.</summary>
    public PortalResult Bye(PortalRequest request) =>
        sessions.TryGet(request.Client, out _) ? new PortalResult.SeeOther("/portal/status") : Notice(request, "Bye", "Bye_Button");

    private static PortalResult.Page Notice(PortalRequest request, string key, string button) => new(
        StatusCodes.Status200OK,
        typeof(NoticePage),
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(NoticePage.Title)] = request.T($"{key}_Title"),
            [nameof(NoticePage.Body)] = request.T($"{key}_Body"),
            [nameof(NoticePage.Target)] = request.Page.Link("/portal"),
            [nameof(NoticePage.Button)] = request.T(button),
        });

    /// <summary>This notice of this session, and no later one.</summary>
    private static string Subject(ActiveSession session) =>
        $"{session.AcctSessionId} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session.Notice ?? "")).AsSpan(0, 8))}";

    private PortalResult.Page Page(PortalRequest request, ActiveSession session, int status, Problem? problem = null)
    {
        var texts = request.Page.Language.Texts;
        var now = time.GetUtcNow();
        var left = session.EndsAt is { } end ? TimeSpan.FromTicks(Math.Max(0, (end - now).Ticks)) : (TimeSpan?)null;
        var model = new StatusModel
        {
            Token = tokens.Issue(FormPurpose.LogOff, request.Client, session.AcctSessionId),
            UserName = UntrustedText.Clean(session.UserName, 64),
            TimeLeft = left is { } remaining ? HumanUnits.Duration(texts, remaining) : null,
            Ends = session.EndsAt is { } at ? Instant(texts, at, "Status_EndsToday", "Status_EndsOn") : null,
            SecondsLeft = (long)(left?.TotalSeconds ?? 0),
            SecondsGranted = (long)(session.Limits.SessionTimeout?.TotalSeconds ?? 0),
            Idle = session.Limits.IdleTimeout is { } idle ? texts.Format("Status_Idle", HumanUnits.Duration(texts, idle)) : null,
            Received = texts.Format("Status_Received", HumanUnits.Size(texts, session.Traffic.OutputOctets)),
            Sent = texts.Format("Status_Sent", HumanUnits.Size(texts, session.Traffic.InputOctets)),
            Since = Instant(texts, session.StartedAt, "Status_Since", "Status_SinceDate"),
            Messages = request.Page.Site.ShowReplyMessages && session.Message is { } message ? UntrustedText.CleanAll(message.Split('\n')) : [],
            Notice = session.Notice is { } notice ? [.. notice.Split('\n').Select(line => UntrustedText.Clean(line, notice.Length)).Where(line => line.Length > 0)] : [],
            NoticeToken = session.Notice is null ? "" : tokens.Issue(FormPurpose.Notice, request.Client, Subject(session)),
            Problem = problem,
        };
        return new PortalResult.Page(status, typeof(StatusPage), new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(StatusPage.Model)] = model }) { Reflects = true };
    }

    private string Instant(PortalTexts texts, DateTimeOffset instant, string today, string otherDay)
    {
        var (date, clock) = HumanUnits.Instant(time, instant);
        return date is null ? texts.Format(today, clock) : texts.Format(otherDay, date, clock);
    }
}
