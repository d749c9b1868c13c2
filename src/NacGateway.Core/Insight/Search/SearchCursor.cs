using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace NacGateway.Core.Insight.Search;

/// <summary>
/// Where a page begins: after a session, in the order of starts, which what comes and goes meanwhile does not move; or, in any other order,
/// after so many. The page before ends where this one begins: with that session. Where a search stopped early on the way, though, pages that are
/// not full lie between others, which nobody finds again from behind: one step back is then right, and no further one.
/// </summary>
internal sealed record SearchCursor
{
    private const char StartedMark = 's';
    private const char BackwardsMark = 'p';
    private const char StoppedMark = 'S';
    private const char StoppedBackwardsMark = 'P';
    private const char CountMark = 'o';

    /// <summary>Start of the last session.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>Key of the last session.</summary>
    public long Id { get; private init; }

    /// <summary>How many come before; null where a session says it.</summary>
    public int? Skip { get; private init; }

    /// <summary>Whether the page ends with the session, instead of beginning after it.</summary>
    public bool IsBackwards { get; private init; }

    /// <summary>Whether the search stopped early on some page on the way.</summary>
    public bool HasStopped { get; init; }

    public static SearchCursor After(DateTimeOffset at, long id) => new() { At = at, Id = id };

    /// <summary>The page that ends with a session.</summary>
    public static SearchCursor UpTo(DateTimeOffset at, long id) => new() { At = at, Id = id, IsBackwards = true };

    public static SearchCursor After(int count) => new() { Skip = count };

    /// <summary>Reads what an earlier page gave; null for anything else.</summary>
    public static SearchCursor? Read(string? text)
    {
        Span<byte> octets = stackalloc byte[150];
        if (text is not { Length: > 0 and <= 200 } || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, octets, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(octets[..length]).Split('|');
        return parts switch
        {
            [[StartedMark or BackwardsMark or StoppedMark or StoppedBackwardsMark] mark, var ticks, var id] when long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks && long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
                => new SearchCursor { At = new DateTimeOffset(at, TimeSpan.Zero), Id = key, IsBackwards = mark[0] is BackwardsMark or StoppedBackwardsMark, HasStopped = mark[0] is StoppedMark or StoppedBackwardsMark },
            [[CountMark], var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) && skip <= SessionQuery.MostByNumber => After(skip),
            _ => null,
        };
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Skip is { } skip
        ? string.Create(CultureInfo.InvariantCulture, $"{CountMark}|{skip}")
        : string.Create(CultureInfo.InvariantCulture, $"{Mark}|{At.UtcTicks}|{Id}")));

    private char Mark => (IsBackwards, HasStopped) switch
    {
        (false, false) => StartedMark,
        (true, false) => BackwardsMark,
        (false, true) => StoppedMark,
        _ => StoppedBackwardsMark,
    };

    /// <summary>The page that follows one which this led to.</summary>
    /// <param name="cursor">What led to the page; null for the first.</param>
    /// <param name="last">Start and key of its last row; null where it has none after it.</param>
    /// <param name="stopped">The instant up to which it looked, and the key beyond all that began then; null where it did not stop early.</param>
    public static SearchCursor? Next(SearchCursor? cursor, (DateTimeOffset At, long Id)? last, (DateTimeOffset At, long Id)? stopped) =>
        cursor is { IsBackwards: true } ? cursor with { IsBackwards = false }
        : (last ?? stopped) is var (at, id) ? After(at, id) with { HasStopped = cursor is { HasStopped: true } || last is null }
        : null;

    /// <summary>The page before one which this led to.</summary>
    /// <param name="cursor">What led to the page; null for the first.</param>
    /// <param name="first">Start and key of the row before its first, where it was looked for from its end; null for none.</param>
    public static SearchCursor? Previous(SearchCursor? cursor, (DateTimeOffset At, long Id)? first) => cursor switch
    {
        null or { Skip: not null } => null,
        { IsBackwards: false } => cursor with { IsBackwards = true },
        { HasStopped: true } => null,
        _ => first is var (at, id) ? UpTo(at, id) : null,
    };
}
