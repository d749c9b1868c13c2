using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Web.Observability;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

public sealed class PlainLogFormatterTests
{
    [Fact]
    public void An_event_is_one_line_with_instant_level_id_and_category() =>
        Assert.Equal("2026-01-02T03:04:05.000Z warn  [6001] Gate: a text\n", Write("a text", exception: null));

    [Fact]
    public void Control_characters_cannot_forge_a_line_or_reach_the_terminal() =>
        Assert.Equal(@"2026-01-02T03:04:05.000Z warn  [6001] Gate: bob\u000d\u000a2026 fatal\u001b[2J\u2028" + "\n", Write("bob\r\n2026 fatal\u001b[2J\u2028", exception: null));

    [Fact]
    public void An_exception_stays_on_the_line() =>
        Assert.Equal("2026-01-02T03:04:05.000Z warn  [6001] Gate: failed | System.InvalidOperationException: one\\u000atwo\n", Write("failed", new InvalidOperationException("one\ntwo")));

    private static string Write(string message, Exception? exception)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using var writer = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Warning, "Gate", new EventId(6001), message, exception, (state, _) => state);

        new PlainLogFormatter(time).Write(entry, scopeProvider: null, writer);

        return writer.ToString();
    }
}
