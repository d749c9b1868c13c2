using System.Net;
using NacGateway.Core.Insight;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Probes;

namespace NacGateway.Web.Gate;

/// <summary>The answer for a client without a session, and the note that it asked. Reads nothing of the body, and allocates nothing but for a client's first request.</summary>
internal sealed class CaptiveAnswer(GateReplies replies, ProbeRule probes, ClientArrivals arrivals, GateActivity activity)
{
    /// <summary>Answers one request.</summary>
    public Task WriteAsync(HttpContext context, IPAddress client)
    {
        var answer = probes.Find(context.Request);
        activity.Intercept();
        var agents = context.Request.Headers.UserAgent;
        arrivals.Note(ClientKey.From(client), answer, Destination.HostField(context.Request), agents.Count == 1 ? agents[0] : null);
        return replies.WriteAsync(context, answer == ArrivalAnswer.Redirect ? AnswerKind.Redirect : AnswerKind.SignIn);
    }
}
