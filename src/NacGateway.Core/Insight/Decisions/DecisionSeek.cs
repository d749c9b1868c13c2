using System.Linq.Expressions;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>Decisions that an index finds by how one column begins, or is.</summary>
/// <param name="Column">The column, which has an index.</param>
/// <param name="Range">Where in it.</param>
internal sealed record DecisionSeek(Expression<Func<PolicyDecision, string?>> Column, TextRange Range)
{
    private static readonly Expression<Func<PolicyDecision, string?>> s_user = row => row.UserKey;
    private static readonly Expression<Func<PolicyDecision, string?>> s_address = row => row.ClientAddress;
    private static readonly Expression<Func<PolicyDecision, string?>> s_station = row => row.CallingStationId;
    private static readonly Expression<Func<PolicyDecision, string?>> s_reference = row => row.Reference;
    private static readonly Expression<Func<PolicyDecision, string?>> s_session = row => row.AcctSessionId;

    public Expression<Func<PolicyDecision, bool>> Condition => Range.On(Column);

    public static DecisionSeek User(string text) => new(s_user, TextRange.Of(SessionRows.UserKey(text)));

    public static DecisionSeek Station(string text) => new(s_station, TextRange.Of(StationText.TryRead(text, out var mac, out _) ? mac : text));

    public static DecisionSeek Address(string text) =>
        new(s_address, AddressText.Prefixes(text) is { } prefixes ? TextRange.Around(prefixes) : TextRange.Of(AddressText.Whole(text) ?? text.ToLowerInvariant()));

    /// <summary>Wherever a word may stand: what it cannot be the beginning of is not looked at.</summary>
    public static IReadOnlyList<DecisionSeek> Word(string word)
    {
        List<DecisionSeek> seeks = [User(word)];
        if (IsAddress(word))
        {
            seeks.Add(Address(word));
        }

        if (StationText.TryRead(word, out _, out _))
        {
            seeks.Add(Station(word));
        }

        if (IsId(word))
        {
            seeks.Add(new DecisionSeek(s_session, TextRange.Of(word)));
            seeks.Add(new DecisionSeek(s_reference, TextRange.Of(word.ToUpperInvariant())));
        }

        return seeks;
    }

    /// <summary>Whether a word can be an address, or the beginning of one.</summary>
    public static bool IsAddress(string word) => word.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':' or '/') && AddressText.Problem(word) is null;

    /// <summary>Whether a word can be an Acct-Session-Id or a reference, or the beginning of one.</summary>
    public static bool IsId(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
