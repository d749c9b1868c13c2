using System.Net;

namespace NacGateway.Web.Desk.Access;

/// <summary>Who tries to sign in, from where.</summary>
/// <param name="Source">From which address.</param>
/// <param name="UserAgent">What the browser says it is; null for nothing.</param>
/// <param name="IsLocal">Whether he sits at the machine itself.</param>
internal sealed record SignInAttempt(IPAddress Source, string? UserAgent, bool IsLocal)
{
    private const int LongestAgent = 256;

    public static SignInAttempt Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var agent = context.Request.Headers.UserAgent.ToString();
        return new SignInAttempt(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, agent.Length == 0 ? null : agent[..Math.Min(agent.Length, LongestAgent)], LocalVisitor.Is(context));
    }
}
