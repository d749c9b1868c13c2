using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Playing;

/// <summary>Writes a line an event, for people or for programs, and counts. Safe for concurrent use.</summary>
internal sealed class NasLog(TextWriter writer, bool json, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _began = time.GetTimestamp();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Listening(string endPoint) => Write(new NasEvent { Event = "coa-listen", At = Now(), Outcome = endPoint });

    public void SignIn(SessionPlan plan, ExchangeResult result) => Write(Count(new NasEvent
    {
        Event = "sign-in",
        At = Now(),
        Session = plan.Id,
        User = plan.User.ToString(),
        Outcome = result.Reply?.Code switch
        {
            RadiusCode.AccessAccept => "accepted",
            RadiusCode.AccessReject => "rejected",
            RadiusCode.AccessChallenge => "challenged",
            _ => Silence(result.Status),
        },
    }));

    public void Unproved(SessionPlan plan) =>
        Write(Count(new NasEvent { Event = "sign-in", At = Now(), Session = plan.Id, User = plan.User.ToString(), Outcome = "rejected: the server has not proved that it knows the password" }));

    public void Nas(RecordStatus status, ExchangeResult result) => Write(Count(new NasEvent { Event = NameOf(status), At = Now(), Outcome = OutcomeOf(result) }));

    public void Record(PlayedSession session, RecordStatus status, TimeSpan elapsed, TerminateCause cause, ExchangeResult result)
    {
        var counted = status is RecordStatus.Interim or RecordStatus.Stop;
        var traffic = session.Plan.Traffic;
        Write(Count(new NasEvent
        {
            Event = NameOf(status),
            At = Now(),
            Session = session.Plan.Id,
            User = Encoding.UTF8.GetString(session.UserName),
            Outcome = OutcomeOf(result),
            SessionTime = counted ? (uint)elapsed.TotalSeconds : null,
            InputOctets = counted ? traffic.Input(elapsed) : null,
            OutputOctets = counted ? traffic.Output(elapsed) : null,
            Cause = status == RecordStatus.Stop ? (int)cause : null,
        }));
    }

    public void Authorization(bool isDisconnect, IReadOnlyList<PlayedSession> meant, ErrorCause refusal)
    {
        var name = isDisconnect ? "disconnect" : "coa";
        if (refusal != ErrorCause.None)
        {
            Write(Count(new NasEvent { Event = name, At = Now(), Outcome = $"refused: {(int)refusal} ({refusal})" }));
        }

        foreach (var session in meant)
        {
            Write(Count(new NasEvent { Event = name, At = Now(), Session = session.Plan.Id, User = Encoding.UTF8.GetString(session.UserName), Outcome = "done" }));
        }
    }

    /// <summary>The last line.</summary>
    public NasSummary Summarise(int seed, bool interrupted)
    {
        lock (_lock)
        {
            var unanswered = _counts.Where(count => count.Key.EndsWith(" silence", StringComparison.Ordinal)).Sum(count => count.Value);
            var (accepted, rejected, challenged) = (Of("sign-in accepted"), Of("sign-in rejected"), Of("sign-in challenged"));
            return new NasSummary
            {
                Seed = seed,
                Interrupted = interrupted,
                Accepted = accepted,
                Rejected = rejected,
                Challenged = challenged,
                Unanswered = unanswered,
                Starts = Of("start acknowledged"),
                Interims = Of("interim acknowledged"),
                Stops = Of("stop acknowledged"),
                Disconnected = Of("disconnect done"),
                Changed = Of("coa done"),
                Heard = accepted + rejected + challenged + _counts.Where(count => count.Key.EndsWith(" acknowledged", StringComparison.Ordinal)).Sum(count => count.Value) != 0,
                Refused = Of("disconnect refused") + Of("coa refused"),
                Reason = unanswered != 0 ? $"{unanswered} requests were not answered." : rejected + challenged != 0 ? $"{rejected + challenged} sign-ins were not accepted." : null,
            };
        }
    }

    public void Done(NasSummary summary)
    {
        lock (_lock)
        {
            writer.WriteLine(json ? JsonSerializer.Serialize(summary, HarnessJson.Default.NasSummary) : summary.ToString());
        }
    }

    private static string OutcomeOf(ExchangeResult result) => result.Status == ExchangeStatus.Answered ? "acknowledged" : Silence(result.Status);

    private static string Silence(ExchangeStatus status) => status switch
    {
        ExchangeStatus.WrongSecret => "silence: the server has another shared secret",
        ExchangeStatus.MissingMessageAuthenticator => "silence: the replies lack Message-Authenticator",
        ExchangeStatus.Unreachable => "silence: nobody listens there",
        _ => "silence: nothing came",
    };

    private static string NameOf(RecordStatus status) => status switch
    {
        RecordStatus.Start => "start",
        RecordStatus.Stop => "stop",
        RecordStatus.Interim => "interim",
        RecordStatus.On => "accounting-on",
        _ => "accounting-off",
    };

    private double Now() => Math.Round(time.GetElapsedTime(_began).TotalSeconds, 3);

    private long Of(string key) => _counts.GetValueOrDefault(key);

    private NasEvent Count(NasEvent happened)
    {
        var outcome = happened.Outcome.AsSpan();
        var colon = outcome.IndexOf(':');
        var key = string.Concat(happened.Event, " ", colon < 0 ? outcome : outcome[..colon]);
        lock (_lock)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }

        return happened;
    }

    private void Write(NasEvent happened)
    {
        JsonTypeInfo<NasEvent> type = HarnessJson.Default.NasEvent;
        var text = json ? JsonSerializer.Serialize(happened, type) : happened.ToString();
        lock (_lock)
        {
            writer.WriteLine(text);
        }
    }
}
