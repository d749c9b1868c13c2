using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>The proof stands on the book: it must see each thing that may go wrong.</summary>
public sealed class AccountingBookTests
{
    private static readonly DateTimeOffset s_eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_book_in_order_has_no_problem_and_repetitions_are_none()
    {
        Assert.Empty(Problems(Start(), Start(), Interim(5, 10), Interim(5, 10), Stop(), Stop()));
    }

    [Fact]
    public void Each_thing_that_is_wrong_is_told()
    {
        (string Told, BookEntry[] Entries)[] cases =
        [
            ("0 Starts and 1 Stops", [Stop()]),
            ("1 Starts and 0 Stops", [Start()]),
            ("2 Starts", [Start(), Start() with { EventAt = s_eight.AddSeconds(1) }, Stop()]),
            ("2 Stops", [Start(), Stop(), Stop() with { EventAt = s_eight.AddMinutes(21) }]),
            ("begins with Stop", [Stop(), Start()]),
            ("ends with Interim", [Start(), Stop(), Interim(19, 100)]),
            ("octets shrink", [Start(), Interim(5, 50), Interim(10, 40), Stop()]),
            ("octets shrink", [Start(), Interim(5, 101), Stop()]),
            ("out of order", [Start(), Interim(10, 40), Interim(5, 50), Stop()]),
            ("another content", [Start(), Start() with { Content = "other" }, Stop()]),
            ("not say 100 in", [Start(), Stop() with { Input = 99 }]),
            ("ended by UserRequest, not 2", [Start(), Stop() with { TerminateCause = 2 }]),
            ("ended 08:20:00", [Start() , Stop() with { EventAt = s_eight.AddMinutes(19) }]),
            ("began 08:00:00", [Start() with { EventAt = s_eight.AddMinutes(1) }, Stop()]),
            ("a session that there was not", [Start(), Stop(), Start() with { AcctSessionId = "other" }]),
            ("no Event-Timestamp", [Start(), Interim(0, 0) with { EventAt = DateTimeOffset.UnixEpoch }, Stop()]),
            ("came before AccountingOn", [Start(), Stop(), Interim(0, 0) with { AcctSessionId = "run", EventAt = s_eight.AddSeconds(-30), Status = AcctStatusType.AccountingOn }]),
        ];

        Assert.All(cases, wrong => Assert.Contains(Problems(wrong.Entries), problem => problem.Contains(wrong.Told, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_session_that_goes_on_is_told()
    {
        var book = new AccountingBook();
        book.Enter(Start());

        var session = Session();
        session.EndedAt = null;

        Assert.Contains("has not ended", Assert.Single(book.Problems([session])), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Problems(params BookEntry[] entries)
    {
        var book = new AccountingBook();
        Array.ForEach(entries, book.Enter);
        return book.Problems([Session()]);
    }

    private static Session Session() => new()
    {
        AcctSessionId = "one",
        UserName = "alice",
        UserKey = "ALICE",
        ClientAddress = "192.0.2.7",
        ServerName = "first",
        StartedAt = s_eight,
        EndedAt = s_eight.AddMinutes(20),
        TerminateCause = AcctTerminateCause.UserRequest,
        InputOctets = 100,
        OutputOctets = 200,
    };

    private static BookEntry Start() => new() { AcctSessionId = "one", Status = AcctStatusType.Start, EventAt = s_eight };

    private static BookEntry Interim(int minute, long octets) => Start() with { Status = AcctStatusType.InterimUpdate, EventAt = s_eight.AddMinutes(minute), Input = octets, Output = octets };

    private static BookEntry Stop() => Start() with { Status = AcctStatusType.Stop, EventAt = s_eight.AddMinutes(20), Input = 100, Output = 200, TerminateCause = (uint)AcctTerminateCause.UserRequest };
}
