using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Views;

/// <summary>Lists are kept under names from their pages, with no script: who sees, changes and deletes which, and what cannot be kept.</summary>
public sealed partial class SavedViewPagesTests(DeskSite site) : IClassFixture<DeskSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/sessions?state=stale,idle&sort=user", "/sessions?sort=user&state=idle&state=stale&page=2")]
    [InlineData("/people?q=lena", "/people?q=lena")]
    [InlineData("/decisions?outcome=rejected", "/decisions?outcome=rejected&after=x")]
    [InlineData("/audit?type=admin", "/audit?before=7&type=admin")]
    public async Task A_list_is_kept_from_its_page_and_marked_there_whatever_page_of_it_is_shown(string list, string shown)
    {
        using var ada = site.Client(DeskRole.Administrator, NewName());
        var query = list[(list.IndexOf('?', StringComparison.Ordinal) + 1)..];

        using var kept = await PostAsync(ada, "/me/views", ("page", list.Split('?')[0]), ("query", $"?{query}&page=4&cursor=abc"), ("name", "My <b>list</b>"));

        Assert.Equal(list, kept.Headers.Location?.ToString());
        var page = await ReadAsync(ada, shown);
        Assert.Contains($"<a href=\"{WebUtility.HtmlEncode(list)}\" data-view aria-current=\"true\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>list", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-view aria-current", await ReadAsync(ada, list.Split('?')[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_renamed_replaced_deleted_and_taken_back_by_the_button_of_the_notice()
    {
        var name = NewName();
        using var ada = site.Client(DeskRole.Viewer, name);
        var id = await SaveAsync(ada, "Night");

        using var renamed = await PostAsync(ada, $"/me/views/{id}", ("name", " Day "), ("query", "state=idle"), ("shared", "no"), ("back", "/sessions?q=x"));
        using var replaced = await PostAsync(ada, $"/me/views/{id}", ("query", "?state=any&page=3"), ("back", "//evil.example/"));
        using var deleted = await PostAsync(ada, "/me/views/delete", ("id", $"{id}"), ("back", "/sessions?state=any"));
        using var next = new HttpRequestMessage(HttpMethod.Get, "/sessions?state=any");
        next.Headers.Add("Cookie", deleted.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var notice = await ada.SendAsync(next, Cancellation);
        var page = await notice.Content.ReadAsStringAsync(Cancellation);
        var undo = Undo().Match(page);

        Assert.Equal(["/sessions?q=x", "/me", "/sessions?state=any"], new[] { renamed, replaced, deleted }.Select(answer => answer.Headers.Location?.ToString()).ToArray());
        Assert.True(undo.Success, page);
        Assert.DoesNotContain(" data-view ", page, StringComparison.Ordinal);
        using var back = await PostAsync(ada, undo.Groups["action"].Value, ("back", undo.Groups["back"].Value));
        Assert.Equal("/sessions?state=any", back.Headers.Location?.ToString());
        Assert.Contains(">Day</bdi>", await ReadAsync(ada, "/sessions?state=any"), StringComparison.Ordinal);
        await using var database = await site.DatabaseAsync();
        Assert.Equal(
            ["view.save", "view.change", "view.change", "view.delete", "view.restore"],
            await database.Set<AuditRecord>().Where(line => line.Actor == name).OrderBy(line => line.Sequence).Select(line => line.Action).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_planted_cookie_makes_no_button_of_its_own()
    {
        using var ada = site.Client(DeskRole.Administrator);
        foreach (var path in (string[])["/sign-out", "/me/views/restore?id=1&x=2", "/me/views/restore?id=", "//evil.example/me/views/restore?id=1", "/me/views/restore?id=1/../../sign-out"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sessions");
            request.Headers.Add("Cookie", $"desk-result={Uri.EscapeDataString($"Hello|{Uri.EscapeDataString(path)}")}");
            using var answer = await ada.SendAsync(request, Cancellation);
            var page = await answer.Content.ReadAsStringAsync(Cancellation);

            Assert.Contains("<p>Hello</p>", page, StringComparison.Ordinal);
            Assert.DoesNotContain(">Undo<", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Others_see_what_is_shared_and_change_nothing_of_it_but_an_administrator_deletes_it()
    {
        var owner = NewName();
        using var ada = site.Client(DeskRole.Viewer, owner);
        using var bob = site.Client(DeskRole.HelpDesk, NewName());
        using var admin = site.Client(DeskRole.Administrator, NewName());
        using var frontDesk = site.Client(DeskRole.FrontDesk, NewName());
        var own = await SaveAsync(ada, "Own");
        var shared = await SaveAsync(ada, "For <i>all</i>", shared: true);

        var page = await ReadAsync(bob, "/sessions");
        using var renamed = await PostAsync(bob, $"/me/views/{shared}", ("name", "Mine"));
        using var deleted = await PostAsync(bob, "/me/views/delete", ("id", $"{shared}"));
        using var hidden = await bob.GetAsync($"/me/views/{own}", Cancellation);
        using var ofFrontDesk = await frontDesk.GetAsync($"/me/views/{shared}", Cancellation);
        using var byAdmin = await PostAsync(admin, "/me/views/delete", ("id", $"{shared}"));
        using var notByAdmin = await PostAsync(admin, "/me/views/delete", ("id", $"{own}"));

        Assert.Contains("For &lt;i&gt;all", page, StringComparison.Ordinal);
        Assert.Contains($"{owner}</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Own<", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/me/views/{shared}\"", page, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [renamed.StatusCode, hidden.StatusCode, ofFrontDesk.StatusCode]);
        await using var database = await site.DatabaseAsync();
        var kept = await database.Set<SavedView>().Where(view => view.Owner == owner).OrderBy(view => view.Id).Select(view => new { view.Name, Gone = view.DeletedAt != null }).ToListAsync(Cancellation);
        Assert.Equal([("Own", false), ("For <i>all</i>", true)], kept.Select(view => (view.Name, view.Gone)));
        Assert.Contains(await database.Set<AuditRecord>().Where(line => line.Action == "view.delete").ToListAsync(Cancellation), line => line.Detail?.Contains($"Of {owner}.", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("/sessions", "", "")]
    [InlineData("/sessions", "a\u0007b", "")]
    [InlineData("/sessions", "0123456789012345678901234567890123456789012345678901234567890123x", "")]
    [InlineData("/sessions", "x", "a#b")]
    [InlineData("/sessions", "x", "too long")]
    public async Task What_cannot_be_kept_is_shown_again_with_what_was_typed(string page, string name, string query)
    {
        var owner = NewName();
        using var ada = site.Client(DeskRole.Viewer, owner);
        query = query == "too long" ? $"q={new string('x', SavedViews.LongestQuery)}" : query;

        using var answer = await PostAsync(ada, "/me/views", ("page", page), ("name", name), ("query", query));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Nothing was changed", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await using var database = await site.DatabaseAsync();
        Assert.False(await database.Set<SavedView>().AnyAsync(view => view.Owner == owner, Cancellation));
    }

    [Fact]
    public async Task A_form_that_no_browser_sends_is_the_senders_fault()
    {
        using var ada = site.Client(DeskRole.Viewer);

        using var answer = await PostAsync(ada, "/me/views", ("page", "/sessions"), ("name", "a\0b"), ("query", ""));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_script_is_told_which_field_is_wrong_and_how_a_deletion_is_taken_back()
    {
        using var ada = site.Client(DeskRole.Viewer, NewName());
        ada.DefaultRequestHeaders.Add("Accept", "application/json");
        using var wrong = await PostAsync(ada, "/me/views", ("page", "/sessions"), ("name", "\u202E "), ("query", "q=x y"));
        using var kept = await PostAsync(ada, "/me/views", ("page", "/sessions"), ("name", "\u202Eevil"), ("query", "q=x"));
        var id = (await ada.GetFromJsonAsync<JsonElement>("/api/v1/views", Cancellation))[0].GetProperty("id").GetInt64();
        using var deleted = await PostAsync(ada, "/me/views/delete", ("id", $"{id}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.True((await wrong.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").TryGetProperty("query", out _));
        var told = await deleted.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(($"/me/views/restore?id={id}", "views"), (told.GetProperty("undo").GetString(), told.GetProperty("regions")[0].GetString()));
        using var undone = await PostAsync(ada, told.GetProperty("undo").GetString()!);
        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
    }

    [Fact]
    public async Task The_API_shares_views_and_lets_their_owner_alone_change_them()
    {
        using var ada = site.Client(DeskRole.Viewer, NewName());
        using var bob = site.Client(DeskRole.Viewer, NewName());
        ada.DefaultRequestHeaders.Add(DeskOrigin.Header, HeaderAuthentication.FormToken);
        bob.DefaultRequestHeaders.Add(DeskOrigin.Header, HeaderAuthentication.FormToken);

        using var made = await ada.PostAsJsonAsync("/api/v1/views", new { page = "/people", name = "Shared by API", query = "q=a", shared = true }, Cancellation);
        var at = made.Headers.Location!.ToString();
        var seen = await bob.GetFromJsonAsync<JsonElement>("/api/v1/views?shared=true", Cancellation);
        using var read = await bob.GetAsync(at, Cancellation);
        using var change = new HttpRequestMessage(HttpMethod.Put, at) { Content = JsonContent.Create(new { name = "Mine", query = "" }) };
        change.Headers.IfMatch.Add(read.Headers.ETag!);
        using var changed = await bob.SendAsync(change, Cancellation);
        using var deleted = await bob.DeleteAsync(at, Cancellation);
        using var taken = await ada.PostAsJsonAsync("/api/v1/views", new { page = "/people", name = "Other", query = "q=a" }, Cancellation);
        using var rename = new HttpRequestMessage(HttpMethod.Put, taken.Headers.Location!.ToString()) { Content = JsonContent.Create(new { name = "Shared by API", query = "", shared = false }) };
        rename.Headers.IfMatch.Add(taken.Headers.ETag!);
        using var renamed = await ada.SendAsync(rename, Cancellation);

        Assert.Contains(seen.EnumerateArray(), view => view.GetProperty("name").GetString() == "Shared by API" && view.GetProperty("shared").GetBoolean());
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Conflict], [made.StatusCode, read.StatusCode, changed.StatusCode, deleted.StatusCode, renamed.StatusCode]);
    }

    private static string NewName() => $"admin-{Guid.NewGuid():N}";

    private async Task<long> SaveAsync(HttpClient client, string name, bool shared = false)
    {
        using var answer = await PostAsync(client, "/me/views", ("page", "/sessions"), ("name", name), ("query", "state=stale"), ("shared", shared ? "yes" : "no"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await using var database = await site.DatabaseAsync();
        return await database.Set<SavedView>().MaxAsync(view => view.Id, Cancellation);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, params (string Name, string Value)[] fields) =>
        await client.PostAsync(path, new FormUrlEncodedContent(fields.Append(("csrf", HeaderAuthentication.FormToken)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))), Cancellation);

    private static async Task<string> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    [GeneratedRegex("""action="(?<action>/me/views/restore\?id=\d+)">.*?name="back" value="(?<back>[^"]*)"[^>]*><button[^>]*>Undo<""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Undo();
}
