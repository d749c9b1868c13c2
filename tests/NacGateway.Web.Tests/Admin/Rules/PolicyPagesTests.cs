using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Policy;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Rules;

/// <summary>Rules are read in words, previewed, saved by one at a time, and brought back.</summary>
public sealed class PolicyPagesTests : IAsyncLifetime
{
    private const string Staff = """{ "roles": [ { "name": "staff" } ], "rules": [ { "name": "everybody", "role": "staff" } ] }""";
    private const string Closed = """{ "rules": [ { "name": "closed", "refuse": "Come back tomorrow." } ] }""";

    private readonly DeskSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_document_is_previewed_then_saved_and_is_in_force_at_once()
    {
        using var admin = _site.Client(DeskRole.Administrator, "k.ito");
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);

        using var preview = await admin.PostAsync("/policies/preview", ("document", Staff), ("version", $"{version}"));
        using var saved = await admin.PostAsync("/policies/save", ("document", Staff), ("version", $"{version}"));

        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("Nothing is saved yet.", await preview.TextAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/policies"), (saved.StatusCode, saved.Headers.Location?.ToString()));
        Assert.Equal(version + 1, _site.Service<PolicyBook>().Current.Version);
        var kept = await _site.Service<PolicyStore>().CurrentAsync(Cancellation);
        Assert.Equal(("k.ito", Staff), (kept!.CreatedBy, kept.Document));
        await using var database = await _site.DatabaseAsync();
        var line = await database.Set<AuditRecord>().SingleAsync(record => record.Action == "policy.save", Cancellation);
        Assert.Equal(("k.ito", $"version {version + 1}", "done"), (line.Actor, line.Target, line.Outcome));
    }

    [Fact]
    public async Task Who_was_overtaken_keeps_his_text_and_is_told_by_whom()
    {
        using var first = _site.Client(DeskRole.Administrator, "first");
        using var second = _site.Client(DeskRole.Administrator, "second");
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);

        using var saved = await first.PostAsync("/policies/save", ("document", Staff), ("version", $"{version}"));
        using var refused = await second.PostAsync("/policies/save", ("document", Closed), ("version", $"{version}"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = WebUtility.HtmlDecode(await refused.TextAsync());
        Assert.Contains($"Version {version + 1} was saved while you edited.", page, StringComparison.Ordinal);
        Assert.Contains("Come back tomorrow.", page, StringComparison.Ordinal);
        Assert.Equal(version + 1, _site.Service<PolicyBook>().Current.Version);
    }

    [Fact]
    public async Task Errors_name_line_and_place_and_nothing_is_saved()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);

        using var answer = await admin.PostAsync("/policies/preview", ("document", "{\n  \"rules\": [\n    { \"nam\": \"<script>x</script>\" }\n  ]\n}"), ("version", $"{version}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.TextAsync();
        Assert.Contains("Line 3:", page, StringComparison.Ordinal);
        Assert.Contains("rules[0].nam", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", page, StringComparison.Ordinal);
        Assert.Equal(version, await _site.Service<PolicyStore>().NewestAsync(Cancellation));
    }

    [Fact]
    public async Task A_document_of_half_a_million_characters_is_taken()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);
        var document = Staff + "\n// " + new string('x', 500_000);

        using var saved = await admin.PostAsync("/policies/save", ("document", document), ("version", $"{version}"));

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
    }

    [Fact]
    public async Task An_earlier_version_comes_back_as_a_new_one()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);
        using var one = await admin.PostAsync("/policies/save", ("document", Staff), ("version", $"{version}"));
        using var two = await admin.PostAsync("/policies/save", ("document", Closed), ("version", $"{version + 1}"));

        var difference = WebUtility.HtmlDecode(await admin.GetStringAsync($"/policies/history/{version + 2}", Cancellation));
        using var preview = await admin.PostAsync("/policies/preview", ("restore", $"{version + 1}"));
        using var restored = await admin.PostAsync("/policies/save", ("document", Staff), ("version", $"{version + 2}"));

        Assert.Contains("Come back tomorrow.", difference, StringComparison.Ordinal);
        Assert.Contains($"Save as version {version + 3}", await preview.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(Staff, (await _site.Service<PolicyStore>().CurrentAsync(Cancellation))!.Document);
        var history = await admin.GetStringAsync("/policies/history", Cancellation);
        Assert.Contains($"/policies/history/{version + 3}", history, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeskRole.Viewer)]
    [InlineData(DeskRole.HelpDesk)]
    [InlineData(DeskRole.Auditor)]
    public async Task Who_may_only_read_sees_the_rules_and_no_way_to_change_them(DeskRole role)
    {
        using var reader = _site.Client(role);

        var page = await reader.GetStringAsync("/policies", Cancellation);
        using var edit = await reader.GetAsync("/policies/edit", Cancellation);
        using var save = await reader.PostAsync("/policies/save", ("document", Staff), ("version", "1"));

        Assert.DoesNotContain("/policies/edit", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (edit.StatusCode, save.StatusCode));
    }

    [Fact]
    public async Task Hostile_names_in_rules_are_text()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);
        const string Document = """{ "roles": [ { "name": "<img src=x>" } ], "rules": [ { "name": "</textarea><script>1</script>", "when": { "user": "\u202egpj" }, "role": "<img src=x>" } ] }""";
        using var saved = await admin.PostAsync("/policies/save", ("document", Document), ("version", $"{version}"));

        foreach (var path in (string[])["/policies", "/policies/edit", $"/policies/history/{version + 1}", "/policies/history"])
        {
            var page = await admin.GetStringAsync(path, Cancellation);
            Assert.DoesNotContain("<script>1", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src", page, StringComparison.Ordinal);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
