using System.Globalization;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Records tries that were not made (throttled, busy, not sendable), so that whoever asks why somebody cannot get on finds them; but
/// bounded, for they cost whoever makes them nothing: one a minute for a client and user, which counts the others, and so many for all
/// together. Safe for concurrent use.
/// </summary>
internal sealed class UntriedRecords(DecisionLog log, PolicyBook policies, TimeProvider time)
{
    /// <summary>Least time between two records for the same client and user.</summary>
    public static readonly TimeSpan Distance = TimeSpan.FromMinutes(1);

    /// <summary>Most records for all in such a time.</summary>
    public const int MostTogether = 60;

    /// <summary>Clients and users in memory; beyond that a try leaves no trace but in log and metrics.</summary>
    private const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ClientKey Client, string User), Tries> _tries = [];
    private long _periodBegan = time.GetTimestamp();
    private int _inPeriod;

    /// <summary>Counts a try, and records it unless one like it was recorded just now.</summary>
    public Task NoteAsync(UntriedAttempt attempt) => Count(attempt) is { } record ? log.RecordAsync(record, CancellationToken.None) : Task.CompletedTask;

    /// <summary>Records what was counted since, and forgets who has stopped.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<PolicyDecision> records = [];
        lock (_lock)
        {
            foreach (var (key, tries) in _tries)
            {
                if (time.GetElapsedTime(tries.RecordedAt) < Distance)
                {
                    continue;
                }

                if (tries.Unrecorded == 0)
                {
                    _tries.Remove(key);
                }
                else if (MayRecord())
                {
                    records.Add(Take(tries));
                }
            }
        }

        foreach (var record in records)
        {
            await log.RecordAsync(record, cancellationToken).ConfigureAwait(false);
        }
    }

    private PolicyDecision? Count(UntriedAttempt attempt)
    {
        var key = (ClientKey.From(attempt.ClientAddress), SessionRows.UserKey(attempt.UserName));
        lock (_lock)
        {
            if (!_tries.TryGetValue(key, out var tries))
            {
                if (_tries.Count >= Capacity)
                {
                    return null;
                }

                _tries[key] = tries = new Tries(attempt);
            }

            tries.Last = attempt;
            tries.Unrecorded++;
            return (tries.IsNew || time.GetElapsedTime(tries.RecordedAt) >= Distance) && MayRecord() ? Take(tries) : null;
        }
    }

    private bool MayRecord()
    {
        if (time.GetElapsedTime(_periodBegan) >= Distance)
        {
            (_periodBegan, _inPeriod) = (time.GetTimestamp(), 0);
        }

        return _inPeriod < MostTogether && ++_inPeriod > 0;
    }

    private PolicyDecision Take(Tries tries)
    {
        var (attempt, count) = (tries.Last, tries.Unrecorded);
        (tries.Unrecorded, tries.RecordedAt, tries.IsNew) = (0, time.GetTimestamp(), false);
        var words = attempt.Outcome switch
        {
            LoginOutcome.Throttled throttled => string.Create(CultureInfo.InvariantCulture, $"No server was asked: too many tries of this user or from this client had failed. The next one may be made at {throttled.Until:HH:mm:ss} UTC."),
            LoginOutcome.Busy => "No server was asked: too many sign-ins were under way.",
            LoginOutcome.ChallengeExpired => "No server was asked: the challenge that was answered is not there, was answered, or is older than five minutes.",
            _ => "No server was asked: RADIUS cannot carry what was typed (RFC 2865 sections 5.1 and 5.2).",
        };
        return new PolicyDecision
        {
            At = time.GetUtcNow(),
            AcctSessionId = attempt.AcctSessionId,
            UserName = attempt.UserName,
            UserKey = attempt.UserName.Length == 0 ? null : SessionRows.UserKey(attempt.UserName),
            ClientAddress = SessionRows.ClientText(attempt.ClientAddress),
            PolicyVersion = policies.Current.Version,
            IsGranted = false,
            Outcome = attempt.Outcome.GetType().Name,
            Reference = attempt.Outcome.Reference,
            Words = string.Create(CultureInfo.InvariantCulture, $"{attempt.Outcome.Reference}: {words}{(count > 1 ? $" The last of {count} such tries." : "")}"),
        };
    }

    private sealed class Tries(UntriedAttempt last)
    {
        public UntriedAttempt Last { get; set; } = last;

        public int Unrecorded { get; set; }

        public long RecordedAt { get; set; }

        public bool IsNew { get; set; } = true;
    }
}
