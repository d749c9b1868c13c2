using NacGateway.Aaa.Accounting;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class AccountingBookTests
{
    private readonly AccountingBook _book = new();
    private int _digest;

    public static TheoryData<string, string?> Orders() => new()
    {
        { "Start Interim Interim Stop", null },
        { "Start Stop", null },
        { "Interim", "Interim-Update before Start" },
        { "Stop", "Stop before Start" },
        { "Start Start", "a second Start" },
        { "Start Stop Stop", "a second Stop" },
        { "Start Stop Interim", "Interim-Update after Stop" },
        { "Start Stop Start", "Start after Stop" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    [Requirement("ACCT-8")]
    public void What_is_not_due_is_named(string order, string? fault)
    {
        string? last = null;
        foreach (var word in order.Split(' '))
        {
            last = Post(Enum.Parse<AccountingStatus>(word)).Fault;
        }

        var session = Assert.Single(_book.Sessions);
        Assert.Equal(fault, last);
        Assert.Equal((fault is null, fault is null ? 0 : 1), (session.IsInOrder, session.OrderFaults));
        Assert.Equal(order.Split(' ').Length, session.Starts + session.Interims + session.Stops);
    }

    [Theory]
    [InlineData(7UL, 7UL, false)]
    [InlineData(7UL, 6UL, true)]
    [InlineData(uint.MaxValue + 8UL, 9UL, true)]
    [InlineData(9UL, uint.MaxValue + 8UL, false)]
    [Requirement("ACCT-15", "ACCT-16")]
    public void Octets_that_shrink_are_told(ulong first, ulong second, bool shrank)
    {
        Post(AccountingStatus.Start);
        Post(AccountingStatus.Interim, input: first, output: 5);

        var (session, _, fault) = Post(AccountingStatus.Stop, input: second, output: 5);

        Assert.Equal((second, shrank, !shrank), (session!.InputOctets, session.OctetsShrank, session.IsInOrder));
        Assert.Equal(shrank, fault is not null);
    }

    [Fact]
    public void Record_without_counters_leaves_them_as_they_were()
    {
        Post(AccountingStatus.Start);
        Post(AccountingStatus.Interim, input: 7, output: 8);

        Post(AccountingStatus.Stop);

        Assert.Equal((7UL, 8UL, false), (_book.Find("one")!.InputOctets, _book.Find("one")!.OutputOctets, _book.Find("one")!.OctetsShrank));
    }

    [Fact]
    public void Record_with_a_known_digest_is_counted_as_repeated_only()
    {
        Post(AccountingStatus.Start);
        Post(AccountingStatus.Stop);

        _digest--;
        var (session, isRepeated, fault) = Post(AccountingStatus.Stop);

        Assert.Equal((true, null, 1, 1), (isRepeated, fault, session!.Stops, session.Repeated));
    }

    [Fact]
    [Requirement("ACCT-4")]
    public void Record_that_is_not_stored_is_not_booked_and_may_come_again()
    {
        Post(AccountingStatus.Start);

        Assert.Throws<IOException>(() => Post(AccountingStatus.Stop, store: () => throw new IOException("full")));
        var before = _book.Find("one")!.Stops;
        _digest--;
        var again = Post(AccountingStatus.Stop);

        Assert.Equal((0, false, 1), (before, again.IsRepeated, again.Session!.Stops));
    }

    [Fact]
    public void Sessions_of_two_gateways_with_one_name_are_two()
    {
        Post(AccountingStatus.Start);

        Post(AccountingStatus.Start, nas: "other");

        Assert.All(_book.Sessions, session => Assert.Equal((1, 0), (session.Starts, session.OrderFaults)));
        Assert.Equal(["nas", "other"], _book.Sessions.Select(session => session.Nas), StringComparer.Ordinal);
    }

    [Fact]
    public void Full_book_forgets_the_oldest_session_and_says_so()
    {
        var book = new AccountingBook(2);
        foreach (var id in (string[])["a", "b", "a", "c"])
        {
            book.Post(Record(AccountingStatus.Start, id));
        }

        Assert.Equal(["b", "c"], book.Sessions.Select(session => session.SessionId), StringComparer.Ordinal);
        Assert.Equal(1, book.Forgotten);
    }

    [Fact]
    [Requirement("ACCT-22")]
    public void On_and_off_are_no_sessions()
    {
        Post(AccountingStatus.On);
        Post(AccountingStatus.Off);
        _digest--;
        var again = Post(AccountingStatus.Off);

        Assert.Empty(_book.Sessions);
        Assert.Equal((1, 1, true), (_book.Ons, _book.Offs, again.IsRepeated));
    }

    private (BookedSession? Session, bool IsRepeated, string? Fault) Post(AccountingStatus status, ulong? input = null, ulong? output = null, string nas = "nas", Action? store = null) =>
        _book.Post(Record(status, "one") with { InputOctets = input, OutputOctets = output, Nas = nas }, store);

    private AccountingRecord Record(AccountingStatus status, string id) =>
        new() { Status = status, SessionId = id, Nas = "nas", UserName = "alice", Digest = (UInt128)(++_digest) };
}
