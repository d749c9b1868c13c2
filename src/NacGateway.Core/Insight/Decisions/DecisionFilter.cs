using System.Linq.Expressions;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>The conditions of a search for decisions, for the database.</summary>
/// <param name="query">What is searched for.</param>
/// <param name="now">The end of a range such as "24h".</param>
internal sealed class DecisionFilter(DecisionQuery query, DateTimeOffset now)
{
    public IQueryable<PolicyDecision> Apply(IQueryable<PolicyDecision> rows)
    {
        rows = InTime(rows);
        foreach (var condition in query.Words.Select(Word))
        {
            rows = rows.Where(condition);
        }

        rows = Any(rows, [.. query.Users.Select(User)]);
        rows = Any(rows, [.. query.Addresses.Select(Address)]);
        rows = Any(rows, [.. query.Macs.Select(Station)]);
        rows = Any(rows, [.. query.Verdicts.Select(Verdict), .. Kinds()]);
        rows = Any(rows, [.. query.Reasons.Select(RefusalConditions.Of)]);
        if (query.Servers.Count > 0)
        {
            string?[] servers = [.. query.Servers];
            rows = rows.Where(row => servers.Contains(row.ServerName));
        }

        return rows;
    }

    /// <summary>Decisions that were made in time.</summary>
    public IQueryable<PolicyDecision> InTime(IQueryable<PolicyDecision> rows)
    {
        var from = query.From ?? (RelativeRange.TryParse(query.Range, out var length) ? now - length : null);
        rows = from is { } first ? rows.Where(row => row.At >= first) : rows;
        return query.To is { } last ? rows.Where(row => row.At < last) : rows;
    }

    /// <summary>Sets of seeks, each of which by itself finds all decisions that can fit, and perhaps others.</summary>
    public IEnumerable<IReadOnlyList<DecisionSeek>> Seeks()
    {
        IEnumerable<IReadOnlyList<DecisionSeek>> all =
        [
            [.. query.Macs.Select(DecisionSeek.Station)],
            [.. query.Addresses.Select(DecisionSeek.Address)],
            [.. query.Users.Select(DecisionSeek.User)],
            .. query.Words.OrderByDescending(word => word.Length).Select(DecisionSeek.Word),
        ];
        return all.Where(seeks => seeks.Count > 0);
    }

    private static IQueryable<PolicyDecision> Any(IQueryable<PolicyDecision> rows, IReadOnlyList<Expression<Func<PolicyDecision, bool>>> conditions) =>
        conditions.Count == 0 ? rows : rows.Where(Conditions.Any(conditions));

    private static Expression<Func<PolicyDecision, bool>> Word(string word)
    {
        List<Expression<Func<PolicyDecision, bool>>> places = [User(word)];
        if (DecisionSeek.IsAddress(word))
        {
            places.Add(Address(word));
        }

        if (StationText.TryRead(word, out _, out _))
        {
            places.Add(Station(word));
        }

        if (DecisionSeek.IsId(word))
        {
            var reference = word.ToUpperInvariant();
            places.Add(row => row.AcctSessionId.StartsWith(word) || (row.Reference != null && row.Reference.StartsWith(reference)));
        }

        return Conditions.Any(places);
    }

    private static Expression<Func<PolicyDecision, bool>> User(string text)
    {
        var key = SessionRows.UserKey(text);
        return row => row.UserKey != null && row.UserKey.StartsWith(key);
    }

    private static Expression<Func<PolicyDecision, bool>> Station(string text)
    {
        var mac = StationText.TryRead(text, out var canonical, out _) ? canonical : text;
        return row => row.CallingStationId != null && row.CallingStationId.StartsWith(mac);
    }

    private static Expression<Func<PolicyDecision, bool>> Address(string text) =>
        Conditions.Any<PolicyDecision>([.. (AddressText.Prefixes(text) ?? [text]).Select(AddressPart)]);

    private static Expression<Func<PolicyDecision, bool>> AddressPart(string text)
    {
        if (AddressText.Whole(text) is { } whole)
        {
            return row => row.ClientAddress == whole;
        }

        var beginning = text.ToLowerInvariant();
        return row => row.ClientAddress != null && row.ClientAddress.StartsWith(beginning);
    }

    private static Expression<Func<PolicyDecision, bool>> Verdict(DecisionVerdict verdict)
    {
        // Records of earlier releases say no more than whether access was granted.
        var isGranted = verdict == DecisionVerdict.Granted;
        var all = Names(_ => true);
        var names = Names(kind => DecisionKinds.VerdictOf(kind) == verdict);
        return verdict == DecisionVerdict.Challenged
            ? row => names.Contains(row.Outcome)
            : row => names.Contains(row.Outcome) || ((row.Outcome == null || !all.Contains(row.Outcome)) && row.IsGranted == isGranted);
    }

    private IEnumerable<Expression<Func<PolicyDecision, bool>>> Kinds()
    {
        if (query.Kinds.Count == 0)
        {
            yield break;
        }

        var names = Names(query.Kinds.Contains);
        var all = Names(_ => true);
        yield return query.Kinds.Contains(DecisionKind.Unknown)
            ? row => names.Contains(row.Outcome) || row.Outcome == null || !all.Contains(row.Outcome)
            : row => names.Contains(row.Outcome);
    }

    private static string?[] Names(Func<DecisionKind, bool> test) =>
        [.. Enum.GetValues<DecisionKind>().Where(kind => kind != DecisionKind.Unknown && test(kind)).Select(kind => kind.ToString())];
}
