using System.Linq.Expressions;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>Rows that an index finds by how one column begins, or is.</summary>
/// <param name="Column">The column, which has an index.</param>
/// <param name="Range">Where in it.</param>
internal sealed record SessionSeek(Expression<Func<Session, string?>> Column, TextRange Range)
{
    private static readonly Expression<Func<Session, string?>> s_user = row => row.UserKey;
    private static readonly Expression<Func<Session, string?>> s_address = row => row.ClientAddress;
    private static readonly Expression<Func<Session, string?>> s_station = row => row.CallingStationId;
    private static readonly Expression<Func<Session, string?>> s_id = row => row.AcctSessionId;

    public Expression<Func<Session, bool>> Condition => Range.On(Column);

    /// <summary>One account: what lies before the key with the least character behind it. NUL would be less, but PostgreSQL takes it in no text.</summary>
    public static SessionSeek Account(string account) => new(s_user, new TextRange(SessionRows.UserKey(account), SessionRows.UserKey(account) + '\u0001'));

    public static SessionSeek User(string text) => new(s_user, TextRange.Of(SessionRows.UserKey(text)));

    public static SessionSeek Station(string text) => new(s_station, TextRange.Of(StationText.TryRead(text, out var mac, out _) ? mac : text));

    public static SessionSeek Address(string text) =>
        new(s_address, AddressText.Prefixes(text) is { } prefixes ? TextRange.Around(prefixes) : TextRange.Of(AddressText.Whole(text) ?? text.ToLowerInvariant()));

    /// <summary>Wherever a word may stand: what it cannot be the beginning of is not looked at.</summary>
    public static IReadOnlyList<SessionSeek> Word(string word)
    {
        List<SessionSeek> seeks = [User(word)];
        var lower = word.ToLowerInvariant();
        if (lower.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':'))
        {
            seeks.Add(Address(word));
        }

        if (StationText.TryRead(word, out _, out _))
        {
            seeks.Add(Station(word));
        }

        if (lower.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            seeks.Add(new SessionSeek(s_id, TextRange.Of(word)));
        }

        return seeks;
    }
}
