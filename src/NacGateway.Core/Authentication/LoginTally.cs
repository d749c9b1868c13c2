using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Steps of sign-ins since the gateway was started, by class. Safe for concurrent use.</summary>
public sealed class LoginTally
{
    private readonly StripedCounter[] _counters = [.. Enum.GetValues<LoginClass>().Select(_ => new StripedCounter())];

    /// <summary>How many ended so.</summary>
    public long this[LoginClass outcome] => _counters[(int)outcome].Value;

    /// <summary>What an outcome comes to.</summary>
    public static LoginClass ClassOf(LoginOutcome outcome) => outcome switch
    {
        LoginOutcome.SignedIn => LoginClass.Accepted,
        LoginOutcome.Challenged => LoginClass.Challenged,
        LoginOutcome.NoAnswer or LoginOutcome.WrongSecret or LoginOutcome.MissingMessageAuthenticator or LoginOutcome.StorageUnavailable => LoginClass.Unanswered,
        LoginOutcome.Throttled or LoginOutcome.Busy or LoginOutcome.NotSendable or LoginOutcome.ChallengeExpired => LoginClass.NotTried,
        _ => LoginClass.Refused,
    };

    internal void Count(LoginOutcome outcome) => _counters[(int)ClassOf(outcome)].Add(1);
}
