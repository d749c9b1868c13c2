namespace NacGateway.Web.Gate;

/// <summary>Writes the gateway's own answers, drawn anew when the portal's URL changes.</summary>
internal sealed class GateReplies
{
    private readonly PortalLink _portal;
    private volatile GateAnswers _answers;

    public GateReplies(PortalLink portal)
    {
        _portal = portal;
        _answers = new GateAnswers(portal.Url, portal.Landing);
    }

    /// <summary>Answers one request. Reads nothing of the body and does not allocate, but for a client that waits for 100 Continue.</summary>
    public Task WriteAsync(HttpContext context, AnswerKind kind)
    {
        var answers = _answers;
        if (!ReferenceEquals(answers.Portal, _portal.Url) || !ReferenceEquals(answers.Landing, _portal.Landing))
        {
            _answers = answers = new GateAnswers(_portal.Url, _portal.Landing);
        }

        if (answers.Portal is null && kind is AnswerKind.SignIn or AnswerKind.Redirect)
        {
            kind = AnswerKind.Starting;
        }

        var written = answers.Pick(kind, context.Request).WriteAsync(context, kind is AnswerKind.Redirect or AnswerKind.NoDestination || MustClose(context));
        UnreadBody.LetDrain(context);
        return context.Request.Headers.Expect.Count == 0 ? written : UnreadBody.CloseAsync(context, written);
    }

    /// <summary>
    /// A body, an Expect or an Upgrade is left unread, so what follows on the connection cannot be told from the next request: it ends.
    /// Plain GET and HEAD go on, and find the network open on the same connection.
    /// </summary>
    private static bool MustClose(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers;
        return headers.ContentLength > 0
            || headers.TransferEncoding.Count != 0
            || headers.Expect.Count != 0
            || headers.Upgrade.Count != 0
            || HttpMethods.IsConnect(request.Method);
    }
}
