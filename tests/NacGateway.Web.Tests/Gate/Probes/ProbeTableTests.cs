using Microsoft.AspNetCore.Http;
using NacGateway.TestKit;
using NacGateway.Web.Gate;
using NacGateway.Web.Gate.Probes;
using NacGateway.Web.Tests.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Probes;

/// <summary>Which requests the table takes for probes, and how a table of the operator's own is read.</summary>
public sealed class ProbeTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("probes");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("GET", "connectivitycheck.gstatic.com", "/generate_204", "", "Redirect")]
    [InlineData("HEAD", "connectivitycheck.gstatic.com", "/generate_204", "", "Redirect")]
    [InlineData("GET", "Captive.APPLE.com", "/hotspot-detect.html", "", "Redirect")]
    [InlineData("GET", "captive.apple.com:80", "/hotspot-detect.html", "", "Redirect")]
    [InlineData("GET", "test.steampowered.com", "/204", "", "Redirect")]
    [InlineData("GET", "anything.test", "/gen_204", "", "Redirect")]
    [InlineData("GET", "192.0.2.1", "/generate_204", "", "Redirect")]
    [InlineData("GET", "[2001:db8::1]:80", "/generate_204", "", "Redirect")]
    [InlineData("GET", "anything.test", "/x", "CaptiveNetworkSupport-443.0.3 wispr", "Redirect")]
    [InlineData("GET", "anything.test", "/x", "ConnMan/1.43 wispr", "Redirect")]
    [InlineData("GET", "detectportal.firefox.com", "/canonical.html", "", "SignIn")]
    [InlineData("POST", "connectivitycheck.gstatic.com", "/generate_204", "", null)]
    [InlineData("OPTIONS", "connectivitycheck.gstatic.com", "/generate_204", "", null)]
    [InlineData("GET", "connectivitycheck.gstatic.com", "/Generate_204", "", null)]
    [InlineData("GET", "connectivitycheck.gstatic.com", "/generate_204/", "", null)]
    [InlineData("GET", "connectivitycheck.gstatic.com", "/", "", null)]
    [InlineData("GET", "anything.test", "/204", "", null)]
    [InlineData("GET", "captive.apple.com.evil.test", "/hotspot-detect.html", "", null)]
    [InlineData("GET", "evilcaptive.apple.com", "/hotspot-detect.html", "", null)]
    [InlineData("GET", "anything.test", "/x", "captivenetworksupport", null)]
    [InlineData("GET", "anything.test", "/x", "Mozilla/5.0", null)]
    [InlineData("GET", "", "/x", "", null)]
    public void A_probe_is_known_by_method_host_and_path_or_by_its_agent(string method, string host, string path, string agent, string? expected)
    {
        var table = ProbeTable.TryLoad(ProbeTable.DefaultFile, out var errors);

        Assert.Empty(errors);
        Assert.Equal(expected, table!.Find(Request(method, host, path, agent))?.ToString());
    }

    [Fact]
    public void The_query_does_not_matter()
    {
        var request = Request("GET", "detectportal.firefox.com", "/success.txt", "");
        request.QueryString = new QueryString("?ipv4");

        Assert.Equal(ProbeAnswer.SignIn, ProbeTable.TryLoad(ProbeTable.DefaultFile, out _)!.Find(request));
    }

    [Theory]
    [InlineData("/x", "Agent/1", "SignIn")] // Both match; the first entry stands.
    [InlineData("/y", "Agent/1", "Redirect")]
    [InlineData("/z", "Agent/1", "SignIn")]
    public void The_first_entry_that_matches_wins(string path, string agent, string expected)
    {
        var file = _folder.Write("probes.json", """
            [
              {"id": "a", "hosts": ["*"], "paths": ["/y"], "answer": "Redirect"},
              {"id": "b", "userAgent": "Agent/", "answer": "SignIn"},
              {"id": "c", "hosts": ["*"], "paths": ["/x", "/y"], "answer": "Redirect"},
            ]
            """);

        Assert.Equal(expected, ProbeTable.TryLoad(file, out _)!.Find(Request("GET", "a.test", path, agent))?.ToString());
    }

    [Fact]
    public async Task The_operators_own_file_stands_in_for_the_built_in_table()
    {
        var file = _folder.Write("probes.json", """
            // The operator's own.
            [{"id": "own", "hosts": ["check.example.test"], "paths": ["/alive"], "answer": "Redirect"}]
            """);
        await using var site = await GateSite.StartAsync(("Gate:ProbeTable", file));
        using var connection = await site.ConnectAsync(site.NewClient());

        var own = await connection.AskAsync("GET /alive HTTP/1.1\r\nHost: check.example.test\r\n\r\n", TestContext.Current.CancellationToken);
        using var another = await site.ConnectAsync(site.NewClient());
        var builtIn = await another.AskAsync("GET /generate_204 HTTP/1.1\r\nHost: connectivitycheck.gstatic.com\r\n\r\n", TestContext.Current.CancellationToken);

        Assert.Equal((302, 511), (own.Status, builtIn.Status));
    }

    [Theory]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": ["/"], "answer": "Maybe"}]""", "line 1", "seeds/probes.json shows the form")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": ["/"], "answer": 1}]""", "line 1", "seeds/probes.json shows the form")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": ["/"], "answer": "SignIn", "hots": []}]""", "hots", "seeds/probes.json shows the form")]
    [InlineData("""[{"hosts": ["x.test"], "paths": ["/"], "answer": "SignIn"}]""", "id", "seeds/probes.json shows the form")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": ["/"]}]""", "answer", "seeds/probes.json shows the form")]
    [InlineData("[\n{\"id\": \"a\"\n,,]", "line 3", "seeds/probes.json shows the form")]
    [InlineData("""{"id": "a"}""", "line 1", "seeds/probes.json shows the form")]
    [InlineData("", "line 1", "seeds/probes.json shows the form")]
    [InlineData("null", "no entries", "seeds/probes.json shows the form")]
    [InlineData("[null]", "no entry", "seeds/probes.json shows the form")]
    [InlineData("""[{"id": "a", "hosts": null, "paths": ["/"], "answer": "SignIn"}]""", "line 1", "seeds/probes.json shows the form")]
    [InlineData("""[{"id": "a", "hosts": [null], "paths": ["/"], "answer": "SignIn"}]""", "host ''", "without scheme and port")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": [null], "answer": "SignIn"}]""", "path ''", "must begin with /")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "answer": "SignIn"}]""", "entry 'a'", "Give both")]
    [InlineData("""[{"id": "a", "answer": "SignIn"}]""", "entry 'a' matches nothing", "Give hosts and paths, or userAgent")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": ["y"], "answer": "SignIn"}]""", "path 'y'", "must begin with /")]
    [InlineData("""[{"id": "a", "hosts": ["x.test"], "paths": ["/y?z"], "answer": "SignIn"}]""", "path '/y?z'", "have no query")]
    [InlineData("""[{"id": "a", "hosts": ["x.test:80"], "paths": ["/"], "answer": "SignIn"}]""", "host 'x.test:80'", "without scheme and port")]
    [InlineData("""[{"id": "a", "hosts": ["http://x.test"], "paths": ["/"], "answer": "SignIn"}]""", "host 'http://x.test'", "without scheme and port")]
    [InlineData("""[{"id": "a", "userAgent": "x", "answer": "SignIn"}, {"id": "a", "userAgent": "y", "answer": "SignIn"}]""", "entry 'a' is there twice", "an id of its own")]
    public void A_file_that_cannot_be_used_is_named_with_its_key_the_place_and_the_remedy(string content, string place, string remedy)
    {
        var error = Assert.Single(Errors(_folder.Write("probes.json", content)));

        Assert.StartsWith("Gate:ProbeTable: '", error, StringComparison.Ordinal);
        Assert.Contains("probes.json", error, StringComparison.Ordinal);
        Assert.Contains(place, error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_the_remedy()
    {
        var error = Assert.Single(Errors(_folder["missing.json"]));

        Assert.StartsWith("Gate:ProbeTable: '", error, StringComparison.Ordinal);
        Assert.Contains("missing.json", error, StringComparison.Ordinal);
        Assert.Contains("leave the key out for the built-in table", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_of_a_file_is_reported_at_once()
    {
        var errors = Errors(_folder.Write("probes.json", """
            [
              {"id": "a", "hosts": ["x.test:80"], "paths": ["y", "/z?"], "answer": "SignIn"},
              {"id": "a", "answer": "Redirect"},
            ]
            """));

        Assert.Equal(5, errors.Count);
    }

    private static List<string> Errors(string file) => [.. new GateOptionsValidator().Validate(name: null, new GateOptions { ProbeTable = file }).Failures ?? []];

    private static HttpRequest Request(string method, string host, string path, string agent)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = (method, path);
        request.Headers.Host = host;
        if (agent.Length != 0)
        {
            request.Headers.UserAgent = agent;
        }

        return request;
    }
}
