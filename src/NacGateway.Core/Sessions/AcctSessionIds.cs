using System.Globalization;

namespace NacGateway.Core.Sessions;

/// <summary>Makes Acct-Session-Ids (RFC 2866 section 5.5): unique across restarts and clock steps, in order of time for whoever sorts them.</summary>
public static class AcctSessionIds
{
    /// <summary>A new one: 32 hexadecimal digits, the first twelve the time and most of the rest random.</summary>
    public static string Next(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Guid.CreateVersion7(time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture);
    }
}
