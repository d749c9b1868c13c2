namespace NacGateway.Core.Authentication;

/// <summary>Runs a sign-in: throttle, RADIUS exchange, limits, session. Safe for concurrent use.</summary>
public sealed class LoginService
{
    /// <summary>First step: user name and password.</summary>
    public Task<LoginOutcome> LoginAsync(LoginAttempt attempt, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Further steps: the answer to an Access-Challenge.</summary>
    public Task<LoginOutcome> AnswerAsync(ChallengeAnswer answer, CancellationToken cancellationToken) => throw new NotImplementedException();
}
