using System.Globalization;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Coa;

/// <summary>Sessions in words, for the log.</summary>
internal static class Words
{
    private const int Named = 3;

    /// <summary>The first few by name, the others by number.</summary>
    public static string Of(IReadOnlyList<ActiveSession> sessions)
    {
        var named = string.Join(", ", sessions.Take(Named).Select(session => $"{session.AcctSessionId} of {session.UserName}"));
        return sessions.Count > Named ? string.Create(CultureInfo.InvariantCulture, $"{named} and {sessions.Count - Named} more") : named;
    }
}
