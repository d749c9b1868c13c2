using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Sends a sign-in to try a server: by the same client, with the same request and under the same throttle as those of guests, so that what
/// it shows is what they meet, and nobody guesses passwords by it. No session is opened and nothing is recorded but failures of the
/// throttle. Safe for concurrent use.
/// </summary>
public sealed class RadiusTest
{
    private const int MostMessages = 8;

    private readonly RadiusServers _servers;
    private readonly AccessRequestFactory _requests;
    private readonly LoginThrottle _throttle;
    private readonly TimeProvider _time;
    private readonly TimeSpan _budget;

    internal RadiusTest(RadiusServers servers, AccessRequestFactory requests, LoginThrottle throttle, IOptions<RadiusOptions> options, TimeProvider time)
    {
        _servers = servers;
        _requests = requests;
        _throttle = throttle;
        _time = time;
        _budget = options.Value.LoginBudget;
    }

    /// <summary>Asks.</summary>
    /// <param name="user">User-Name.</param>
    /// <param name="password">Password.</param>
    /// <param name="server">Name of the one server to ask; null for all, as a sign-in does.</param>
    /// <param name="source">Address of who tries; it stands in the request as the client's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RadiusTestResult> RunAsync(string user, string password, string? server, IPAddress source, CancellationToken cancellationToken)
    {
        using var step = LoginStep.TryCreate(new LoginAttempt { UserName = user, Password = password, ClientAddress = source }, AcctSessionIds.Next(_time));
        if (step is null)
        {
            return new RadiusTestResult { Outcome = RadiusTestOutcome.NotSendable };
        }

        var current = _servers.Current;
        if ((server is null ? current.All : current.Alone(server)) is not { } group)
        {
            return new RadiusTestResult { Outcome = RadiusTestOutcome.NoServer, ServerName = server };
        }

        await _throttle.RecallAsync(user, step.ClientAddress, cancellationToken).ConfigureAwait(false);
        if (_throttle.TryEnter(user, step.ClientAddress, out var until) is not { } ticket)
        {
            return new RadiusTestResult { Outcome = RadiusTestOutcome.Throttled, Until = until };
        }

        // Who hangs up before the answer has failed, or guessing would be free for those.
        var verdict = ThrottleVerdict.Failure;
        try
        {
            var result = await group.ExchangeAsync(
                RadiusCode.AccessRequest,
                (request, asked) => _requests.Fill(request, step, current.Find(asked.Name) ?? throw new InvalidOperationException($"Server {asked.Name} is not of this group.")),
                _budget,
                cancellationToken).ConfigureAwait(false);
            var told = Read(step, result);
            verdict = told.Outcome switch
            {
                RadiusTestOutcome.Accepted => ThrottleVerdict.Success,
                RadiusTestOutcome.Rejected or RadiusTestOutcome.NotProved => ThrottleVerdict.Failure,
                _ => ThrottleVerdict.Neutral,
            };
            return told;
        }
        finally
        {
            await _throttle.LeaveAsync(ticket, verdict, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static RadiusTestResult Read(LoginStep step, ExchangeResult result)
    {
        ExchangeRecord.TryRead(ExchangeWriter.Write(result, step.Password), out var exchange);
        var told = new RadiusTestResult { Outcome = RadiusTestOutcome.Unanswered, Status = result.Status, ServerName = result.Server?.Name, Problem = result.Problem, Exchange = exchange };
        if (result is not { Status: ExchangeStatus.Answered, Request: { } sent, Reply: { } reply })
        {
            return told;
        }

        told = told with { ReplyMessages = [.. reply.ReplyMessages.Take(MostMessages).Select(message => ExchangeWriter.Echoes(Encoding.UTF8.GetBytes(message), step.Password) ? "(left out: it repeats the password)" : message)] };
        return reply.Code switch
        {
            RadiusCode.AccessAccept when LoginGrant.FindProblem(step, sent, reply) is { } problem => told with { Outcome = RadiusTestOutcome.NotProved, Problem = problem },
            RadiusCode.AccessAccept => told with { Outcome = RadiusTestOutcome.Accepted },
            RadiusCode.AccessReject => told with { Outcome = RadiusTestOutcome.Rejected },
            RadiusCode.AccessChallenge => told with { Outcome = RadiusTestOutcome.Challenged },
            _ => told with { Problem = $"it answered with {reply.Code}, which is no answer to an Access-Request" },
        };
    }
}
