using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Administration;

/// <summary>
/// Asks the RADIUS servers whether somebody is an administrator. Its challenges are its own: none of the portal's can be answered here, nor
/// the other way round. Safe for concurrent use.
/// </summary>
public sealed class AdminRadius
{
    private readonly RadiusServers _servers;
    private readonly AccessRequestFactory _requests;
    private readonly PendingChallenges _challenges;
    private readonly TimeProvider _time;
    private readonly TimeSpan _budget;

    internal AdminRadius(RadiusServers servers, AccessRequestFactory requests, IOptions<RadiusOptions> options, TimeProvider time)
    {
        _servers = servers;
        _requests = requests;
        _challenges = new PendingChallenges(time);
        _time = time;
        _budget = options.Value.LoginBudget;
    }

    /// <summary>First step: name and password.</summary>
    public async Task<AdminVerdict> AskAsync(string name, string password, IPAddress source, RoleMap roles, CancellationToken cancellationToken)
    {
        using var step = LoginStep.TryCreate(new LoginAttempt { UserName = name, Password = password, ClientAddress = source }, acctSessionId: "");
        return step is null
            ? new AdminVerdict.Refused(name, "RADIUS cannot carry what was typed.")
            : await RunAsync(step, roles, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Further steps: the answer to a challenge.</summary>
    public async Task<AdminVerdict> AnswerAsync(string challengeId, string answer, IPAddress source, RoleMap roles, CancellationToken cancellationToken)
    {
        if (_challenges.Take(challengeId, ClientKey.From(source)) is not { } challenge)
        {
            return new AdminVerdict.Expired();
        }

        using var step = LoginStep.TryCreate(new ChallengeAnswer { ChallengeId = challengeId, Answer = answer, ClientAddress = source }, challenge);
        return step is null
            ? new AdminVerdict.Refused(challenge.UserName, "RADIUS cannot carry what was typed.")
            : await RunAsync(step, roles, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whose challenge waits under an identifier; null for none.</summary>
    public string? NameOf(string challengeId, IPAddress source) => _challenges.Find(challengeId, ClientKey.From(source))?.UserName;

    private async Task<AdminVerdict> RunAsync(LoginStep step, RoleMap roles, CancellationToken cancellationToken)
    {
        var current = _servers.Current;
        var group = step.Answered is { } challenge ? current.Alone(challenge.ServerName) : current.All;
        var result = group is null
            ? new ExchangeResult { Status = ExchangeStatus.NoServer }
            : await group.ExchangeAsync(
                RadiusCode.AccessRequest,
                (request, server) => _requests.FillAdministrative(request, step, current.Find(server.Name) ?? throw new InvalidOperationException($"Server {server.Name} is not of this group.")),
                _budget,
                cancellationToken).ConfigureAwait(false);
        return result is { Status: ExchangeStatus.Answered, Request: { } sent, Reply: { } reply, Server: { } server }
            ? Read(step, sent, reply, server.Name, roles)
            : new AdminVerdict.NotAsked(step.UserName, $"No answer of a RADIUS server could be used: {result.Status}{(result.Problem is null ? "" : ", " + result.Problem)}.");
    }

    private AdminVerdict Read(LoginStep step, RadiusPacket sent, RadiusPacket reply, string server, RoleMap roles) => reply.Code switch
    {
        RadiusCode.AccessAccept when LoginGrant.FindProblem(step, sent, reply) is { } problem => new AdminVerdict.Refused(step.UserName, $"{server} accepted, but {problem}."),
        RadiusCode.AccessAccept => Accept(step, reply, server, roles),
        RadiusCode.AccessChallenge when step.Number < LoginReply.MostSteps => Challenge(step, reply, server),
        RadiusCode.AccessChallenge => new AdminVerdict.Refused(step.UserName, $"{server} challenged more than {LoginReply.MostSteps} times."),
        RadiusCode.AccessReject => new AdminVerdict.Refused(step.UserName, reply.ReplyMessages is [var message, ..] ? $"{server} rejected it. Reply-Message: {message}" : $"{server} rejected it."),
        _ => new AdminVerdict.NotAsked(step.UserName, $"{server} answered with {reply.Code}, which is no answer to an Access-Request."),
    };

    /// <summary>
    /// A server that accepts guests says so by another Service-Type, or by none and without the attribute of a role: neither makes an
    /// administrator. NAS-Prompt grants no privileges (RFC 2865 section 5.6).
    /// </summary>
    private static AdminVerdict Accept(LoginStep step, RadiusPacket accept, string server, RoleMap roles)
    {
        if (accept.ServiceType is { } service and not (ServiceType.Administrative or ServiceType.NasPrompt))
        {
            return new AdminVerdict.Refused(step.UserName, $"{server} accepted with Service-Type {service}, which is not administration.");
        }

        if (roles.Find(accept.Attributes) is not var (role, by))
        {
            return new AdminVerdict.Refused(step.UserName, $"{server} accepted, but no line of Admin:Roles fits its reply.");
        }

        var name = accept.UserName is { Length: > 0 } canonical && !canonical.Any(char.IsControl) ? canonical : step.UserName;
        return accept.ServiceType == ServiceType.NasPrompt && role == DeskRole.Administrator
            ? new AdminVerdict.Refused(step.UserName, $"{server} accepted with Service-Type NAS-Prompt, which grants no privileges, and {by} would make an administrator.")
            : new AdminVerdict.Accepted(name, server, role, by, accept.SessionTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    private AdminVerdict.Challenged Challenge(LoginStep step, RadiusPacket reply, string server)
    {
        var pending = new PendingChallenge
        {
            Id = PendingChallenges.NextId(),
            Client = ClientKey.From(step.ClientAddress),
            UserName = step.UserName,
            CallingStationId = null,
            AcctSessionId = "",
            State = reply.State,
            ServerName = server,
            Step = step.Number + 1,
            IssuedAt = _time.GetTimestamp(),
        };
        _challenges.Add(pending);
        return new AdminVerdict.Challenged(pending.Id, step.UserName, reply.ReplyMessages, reply.Prompt == Prompt.Echo);
    }
}
