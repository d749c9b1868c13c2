using System.Globalization;
using System.Text.Json;

namespace NacGateway.Harness.Playing;

/// <summary>One thing that happened: a line for people, an object of --json.</summary>
internal sealed record NasEvent
{
    /// <summary>Such as sign-in, start, interim, stop, disconnect.</summary>
    public required string Event { get; init; }

    /// <summary>Seconds since the play began.</summary>
    public required double At { get; init; }

    /// <summary>Acct-Session-Id; null where no session is meant.</summary>
    public string? Session { get; init; }

    public string? User { get; init; }

    /// <summary>What came of it, such as accepted, acknowledged, no answer.</summary>
    public required string Outcome { get; init; }

    public uint? SessionTime { get; init; }

    public ulong? InputOctets { get; init; }

    public ulong? OutputOctets { get; init; }

    /// <summary>Acct-Terminate-Cause.</summary>
    public int? Cause { get; init; }

    /// <summary>The user's name may come from the network: it is escaped before it reaches a terminal.</summary>
    public override string ToString()
    {
        var session = Session is null ? "" : $" {Session}";
        var user = User is null ? "" : $" \"{JsonEncodedText.Encode(User)}\"";
        var counters = InputOctets is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {SessionTime} s, {InputOctets:N0} octets in, {OutputOctets:N0} out");
        var cause = Cause is null ? "" : string.Create(CultureInfo.InvariantCulture, $", cause {Cause} ({(TerminateCause)Cause})");
        return string.Create(CultureInfo.InvariantCulture, $"{At,8:0.000} s {Event}{session}{user}: {Outcome}{counters}{cause}");
    }
}
