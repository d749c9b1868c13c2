namespace NacGateway.Core.Authentication;

/// <summary>Failed tries of one user or client, as stored. The key is a hash, so that the table names nobody.</summary>
internal sealed class ThrottleEntry
{
    /// <summary>Longest <see cref="Key"/>.</summary>
    public const int KeyLength = 66;

    /// <summary><c>u:</c> or <c>c:</c>, at the administrator's desk <c>a:</c> or <c>d:</c>, in upper case where it was forgiven, and the SHA-256 of the normalised name or address in hexadecimal digits.</summary>
    public required string Key { get; init; }

    /// <summary>Failures within the window.</summary>
    public int Failures { get; set; }

    /// <summary>When the window ends, UTC.</summary>
    public DateTimeOffset WindowEndsAt { get; set; }

    /// <summary>No try before this, UTC; null when none is forbidden. Of a key that was forgiven when that was.</summary>
    public DateTimeOffset? BlockedUntil { get; set; }
}
