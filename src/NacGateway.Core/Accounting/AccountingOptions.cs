namespace NacGateway.Core.Accounting;

/// <summary>Whether and how the RADIUS servers are told of sessions (RFC 2866).</summary>
public sealed class AccountingOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Accounting";

    /// <summary>Whether sessions are reported at all; default true. Set false where no server takes accounting, or the records only gather.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether Acct-Delay-Time goes with each record; default false. It says again what Event-Timestamp says, changes with each attempt,
    /// and a server that subtracts both is wrong twice; only for servers that do not read Event-Timestamp.
    /// </summary>
    public bool SendDelayTime { get; set; }

    /// <summary>Longest pause between two attempts of one record, 10 seconds to 1 hour; default 2 minutes. The pauses double up to it (RFC 5080 section 2.2.1), for ever.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stop waits for records to be acknowledged, 0 to 10 seconds; default 3 seconds. What is left is sent after the next start.</summary>
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(3);
}
