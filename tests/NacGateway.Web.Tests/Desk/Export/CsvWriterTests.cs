using System.Text;
using NacGateway.Web.Desk.Export;
using Xunit;

namespace NacGateway.Web.Tests.Desk.Export;

/// <summary>Files that a spreadsheet opens: whole by RFC 4180, and without anything that it would run.</summary>
public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("lena", "lena")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" blank first", "\" blank first\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("zoë", "zoë")]
    public async Task Fields_are_quoted_where_they_must_be(string? text, string written) => Assert.Equal($"{written}\r\n", await WriteAsync(csv => csv.Text(text)));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30 1", "'+49 30 1")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", " '=1")]
    [InlineData("\t=1", "\t'=1")]
    [InlineData("\"=1", "\"'=1")]
    [InlineData("\u200F=1", "\u200F'=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0")]
    [InlineData("a\r\n=1", "a\r\n'=1")]
    [InlineData("lena@example.org", "lena@example.org")]
    [InlineData("a-b=c", "a-b=c")]
    public void A_text_that_a_spreadsheet_would_run_is_disarmed(string text, string written) => Assert.Equal(written, CsvWriter.Disarm(text));

    [Fact]
    public async Task Numbers_and_instants_stay_as_they_are()
    {
        var at = new DateTimeOffset(2026, 11, 26, 15, 3, 10, 999, TimeSpan.FromHours(1));

        Assert.Equal("-5,,2026-11-26T14:03:10Z,\r\n", await WriteAsync(csv => csv.Number(-5).Number(null).Instant(at).Instant(null)));
    }

    [Fact]
    public async Task Whatever_is_written_is_read_back_as_fields()
    {
        var random = new Random(4711);
        const string Alphabet = "ab,;\"\r\n\t =+-@|'\u202E";
        for (var n = 0; n < 500; n++)
        {
            string[] texts = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => new string([.. Enumerable.Range(0, random.Next(9)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]))];

            var written = await WriteAsync(csv => Array.ForEach(texts, text => csv.Text(text)));

            Assert.Equal([texts.Select(CsvWriter.Disarm)], CsvText.Read(written));
        }
    }

    private static async Task<string> WriteAsync(Action<CsvWriter> line)
    {
        using var stream = new MemoryStream();
        var csv = new CsvWriter(stream);
        line(csv);
        await csv.EndAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
