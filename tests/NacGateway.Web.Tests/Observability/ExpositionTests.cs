using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>The parser of the tests finds what is wrong, or what it lets pass would prove nothing.</summary>
public sealed class ExpositionTests
{
    private const string Head = "# HELP a_total A.\n# TYPE a_total counter\n";
    private const string Timed = "# HELP t_seconds T.\n# TYPE t_seconds histogram\n";

    [Fact]
    public void A_page_that_is_right_is_read()
    {
        var page = Exposition.Parse(Head + "a_total{x=\"1\\\\\\\"\\n\",y=\"\"} 1E+3\n" + Timed + "t_seconds_bucket{le=\"0.5\"} 1\nt_seconds_bucket{le=\"+Inf\"} 2\nt_seconds_sum 3.5\nt_seconds_count 2\n");

        Assert.Equal(("a_total", "1\\\"\n", 1000.0), (page.Samples[0].Name, page.Samples[0].Labels["x"], page.Samples[0].Value));
        Assert.Equal("histogram", page.Kinds["t_seconds"]);
    }

    [Theory]
    [InlineData(Head + "a_total 1")]
    [InlineData(Head + "a_total 1\n\n")]
    [InlineData(Head + "a_total  1\n")]
    [InlineData(Head + "a_total one\n")]
    [InlineData(Head + "a_total{x=1} 1\n")]
    [InlineData(Head + "a_total{x=\"\\t\"} 1\n")]
    [InlineData(Head + "a_total{x=\"1\",x=\"2\"} 1\n")]
    [InlineData(Head + "a_total 1\na_total 1\n")]
    [InlineData(Head + "a_total 1\n# TYPE a_total counter\n")]
    [InlineData("a_total 1\n")]
    [InlineData("# TYPE a_total counter\na_total 1\n")]
    [InlineData("# HELP a A.\n# TYPE a counter\na 1\n")]
    [InlineData(Head + "a_total 1\n# HELP b B.\n# TYPE b gauge\nb 1\na_total{x=\"1\"} 1\n")]
    [InlineData(Timed + "t_seconds_bucket{le=\"0.5\"} 1\nt_seconds_sum 3.5\nt_seconds_count 1\n")]
    [InlineData(Timed + "t_seconds_bucket{le=\"0.5\"} 3\nt_seconds_bucket{le=\"+Inf\"} 2\nt_seconds_sum 3.5\nt_seconds_count 2\n")]
    [InlineData(Timed + "t_seconds_bucket{le=\"0.5\"} 1\nt_seconds_bucket{le=\"+Inf\"} 2\nt_seconds_sum 3.5\nt_seconds_count 3\n")]
    [InlineData(Timed + "t_seconds_bucket{le=\"0.5\"} 1\nt_seconds_bucket{le=\"+Inf\"} 2\nt_seconds_count 2\n")]
    public void A_page_that_is_wrong_is_refused(string page) => Assert.ThrowsAny<Exception>(() => Exposition.Parse(page));
}
