using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Probes;

namespace NacGateway.Web.Gate;

/// <summary>
/// What every request to the gate meets first: one look at the session table, then the answer of the gateway or the way on.
/// The look is per request, so 511 ends and returns with the session even on a connection that stays open.
/// </summary>
internal sealed class GateEndpoint
{
    private readonly SessionTable _sessions;
    private readonly ClientAddress _clients;
    private readonly PortalLink _portal;
    private readonly ProbeMode _probeMode;
    private readonly ProbeTable _probes;
    private volatile GateAnswers _answers;

    public GateEndpoint(SessionTable sessions, ClientAddress clients, PortalLink portal, ProbeTable probes, IOptions<GateOptions> options)
    {
        _sessions = sessions;
        _clients = clients;
        _portal = portal;
        _probes = probes;
        _probeMode = options.Value.ProbeMode;
        _answers = new GateAnswers(portal.Url);
    }

    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (_sessions.TryGet(_clients.Find(context), out _))
        {
            return Answer(context, AnswerKind.Unreachable);
        }

        return AnswerCaptive(context);
    }

    /// <summary>The answer for a client without a session. Reads nothing of the body and does not allocate.</summary>
    internal Task AnswerCaptive(HttpContext context) => Answer(context, IsRedirected(context.Request) ? AnswerKind.Redirect : AnswerKind.SignIn);

    private bool IsRedirected(HttpRequest request) => _probeMode switch
    {
        ProbeMode.Always511 => false,
        ProbeMode.Always302 => _probes.Find(request) is not null,
        _ => _probes.Find(request) == ProbeAnswer.Redirect,
    };

    private Task Answer(HttpContext context, AnswerKind kind)
    {
        var answers = _answers;
        if (!ReferenceEquals(answers.Portal, _portal.Url))
        {
            _answers = answers = new GateAnswers(_portal.Url);
        }

        if (answers.Portal is null)
        {
            kind = AnswerKind.Starting;
        }

        return answers.Pick(kind, context.Request).WriteAsync(context, kind == AnswerKind.Redirect || MustClose(context));
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
